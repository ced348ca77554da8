! SPDX-License-Identifier: MIT
! OpenMP from Fortran: loops, reductions on arrays, workshare, tasks.
program openmp_fortran
    use omp_lib
    implicit none
    integer, parameter :: n = 2000
    real(8) :: a(n), b(n), total
    integer :: i, counted, histogram(4)
    !$omp parallel do num_threads(4) schedule(dynamic, 16)
    do i = 1, n
        a(i) = i
    end do
    !$omp parallel workshare num_threads(4)
    b = 2*a
    total = sum(b)
    !$omp end parallel workshare
    print '(f12.1)', total
    histogram = 0
    !$omp parallel do num_threads(4) reduction(+:histogram)
    do i = 1, n
        histogram(mod(i, 4) + 1) = histogram(mod(i, 4) + 1) + 1
    end do
    print *, histogram
    counted = 0
    !$omp parallel num_threads(4)
    !$omp single
    do i = 1, 100
        !$omp task
        !$omp atomic
        counted = counted + 1
        !$omp end task
    end do
    !$omp end single
    !$omp end parallel
    print *, counted, omp_in_parallel()
end program
