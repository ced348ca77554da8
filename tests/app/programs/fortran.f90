! SPDX-License-Identifier: MIT
! Fortran: arrays, 128-bit reals, formatted, namelist and stream files, IEEE arithmetic, types with procedures, exit status.
module shapes
    implicit none
    type, abstract :: shape
    contains
        procedure(area_of), deferred :: area
    end type
    abstract interface
        real(8) function area_of(this)
            import shape
            class(shape), intent(in) :: this
        end function
    end interface
    type, extends(shape) :: square
        real(8) :: side
    contains
        procedure :: area => square_area
    end type
contains
    real(8) function square_area(this)
        class(square), intent(in) :: this
        square_area = this%side**2
    end function
end module

program fortran
    use, intrinsic :: ieee_arithmetic
    use, intrinsic :: iso_fortran_env
    use shapes
    implicit none
    call arrays
    call files
    call numbers
    call objects
    stop 3
contains
    subroutine arrays
        real(8) :: a(3, 3), b(3, 3)
        integer :: i
        character(len=:), allocatable :: text
        a = reshape([(real(i, 8), i=1, 9)], [3, 3])
        b = matmul(a, transpose(a))
        print '(3f8.2)', b
        print *, maxloc(b), sum(b, mask=b > 80), any(b < 0), count(a > 4)
        text = repeat('ab', 3)//trim('  c  ')
        print *, text, len(text), index(text, 'ba', back=.true.)
    end subroutine

    subroutine files
        integer :: unit, status, i
        real(8) :: x
        character(len=40) :: line
        namelist /values/ i, x
        i = 7
        x = 2.5d0
        open (newunit=unit, file='values.txt', status='replace')
        write (unit, nml=values)
        rewind (unit)
        i = 0
        x = 0
        read (unit, nml=values)
        close (unit, status='delete')
        print *, i, x
        open (newunit=unit, file='raw', access='stream', form='unformatted')
        write (unit) [1, 2, 3], 4.5d0
        inquire (unit, pos=i)
        close (unit, status='delete')
        write (line, '(i5.3, 1x, es12.4, 1x, l1, 1x, b8.8)') 42, 12345.678d0, .true., 5
        print *, trim(line), i
        open (newunit=unit, file='/nowhere/none', status='old', iostat=status)
        print *, status /= 0
    end subroutine

    subroutine numbers
        real(16) :: q
        real(8) :: nan
        complex(8) :: z
        q = 2
        print *, sqrt(q), exp(q), gamma(q + 0.5_16)
        print *, gamma(5.5d0), bessel_j0(1.0d0), erf(0.5d0), hypot(3.0d0, 4.0d0)
        nan = ieee_value(nan, ieee_quiet_nan)
        print *, ieee_is_nan(nan), ieee_is_finite(nan), ieee_support_datatype(q)
        z = exp((0d0, 1d0)*acos(-1d0))
        print '(2f10.6)', z
        print *, huge(1_int64), selected_real_kind(30), popcnt(255)
    end subroutine

    subroutine objects
        class(shape), allocatable :: one
        one = square(3)
        print '(f6.2)', one%area()
        select type (one)
        type is (square)
            print *, 'square', one%side
        end select
    end subroutine
end program
