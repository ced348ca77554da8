! SPDX-License-Identifier: MIT
! Internal procedures as arguments: they know the variables of the procedure they stand in.
program internal_procedures
  use, intrinsic :: iso_fortran_env, only: real64
  implicit none
  real(real64) :: factor
  integer :: calls

  calls = 0
  factor = 2
  print '(f12.9)', integral(scaled, 0.0_real64, 1.0_real64)
  factor = 3
  print '(f12.9)', integral(scaled, 0.0_real64, 1.0_real64)
  print '(i0)', calls

contains

  real(real64) function scaled(x)
    real(real64), intent(in) :: x
    calls = calls + 1
    scaled = factor * x * x
  end function

  real(real64) function integral(f, from, to)
    interface
      real(real64) function f(x)
        import :: real64
        real(real64), intent(in) :: x
      end function
    end interface
    real(real64), intent(in) :: from, to
    integer, parameter :: steps = 1000
    integer :: i
    integral = 0
    do i = 1, steps
      integral = integral + f(from + (to - from) * (i - 0.5_real64) / steps) * (to - from) / steps
    end do
  end function
end program
