! SPDX-License-Identifier: MIT
! target, target teams and scan from Fortran.
program openmp_target_fortran
  use omp_lib
  implicit none
  integer, parameter :: n = 1000
  integer :: i, total, teams
  integer :: a(n), prefix(n)
  real(8) :: x(n), y(n)

  a = [(modulo(i * 7, 11), i = 1, n)]
  total = 0
  !$omp parallel do reduction(inscan, +: total) num_threads(3)
  do i = 1, n
    total = total + a(i)
    !$omp scan inclusive(total)
    prefix(i) = total
  end do
  print *, total == sum(a), all(prefix == [(sum(a(1:i)), i = 1, n)])

  x = 1
  !$omp target data map(to: x) map(from: y)
  !$omp target teams distribute parallel do
  do i = 1, n
    y(i) = x(i) * i
  end do
  !$omp end target data
  print *, nint(sum(y))

  teams = 0
  !$omp target teams num_teams(3) map(tofrom: teams)
  teams = teams + omp_get_team_num() * 10 + omp_get_num_teams()
  !$omp end target teams
  print *, teams, omp_is_initial_device(), omp_get_num_devices()
end program
