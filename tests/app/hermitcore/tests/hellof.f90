! SPDX-License-Identifier: MIT
! Hello in Fortran: formatted output, an allocated array, an internal file.
program hellof
  implicit none
  real(8), allocatable :: squares(:)
  character(len=16) :: text
  integer :: i

  allocate(squares(10))
  squares = [(real(i, 8)**2, i = 1, 10)]
  write(text, '(f8.2)') sum(squares)
  print '(a)', 'Hello from Fortran!'
  print '(a,a)', 'Sum of squares: ', trim(adjustl(text))
  deallocate(squares)
end program hellof
