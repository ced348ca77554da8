! SPDX-License-Identifier: MIT
! OpenMP's functions under the names that gfortran's omp_lib gives them for 64-bit numbers, as -fdefault-integer-8 makes them.
program openmp_integer_8
    implicit none
    external :: omp_set_num_threads_8, omp_set_dynamic_8, omp_set_schedule_8, omp_get_schedule_8, omp_set_max_active_levels_8
    external :: omp_get_place_proc_ids_8, omp_set_default_device_8
    integer(4), external :: omp_get_max_threads, omp_get_ancestor_thread_num_8, omp_get_team_size_8, omp_get_max_active_levels
    integer(4), external :: omp_get_place_num_procs_8, omp_get_num_places, omp_get_default_device
    logical(4), external :: omp_get_dynamic
    integer(4) :: kind
    integer(8) :: chunk, around(2), i, wrong
    integer(8), allocatable :: ids(:)

    call omp_set_num_threads_8(3_8)
    call omp_set_dynamic_8(0_8)
    print *, omp_get_max_threads(), omp_get_dynamic()
    call omp_set_num_threads_8(2_8**40) ! no more than a 32-bit number has room for
    print *, omp_get_max_threads() > 3
    call omp_set_schedule_8(2_4, 17_8)
    around = -1
    chunk = -1
    call omp_get_schedule_8(kind, chunk)
    print *, kind, chunk
    call omp_set_max_active_levels_8(3_8)
    print *, omp_get_max_active_levels(), omp_get_ancestor_thread_num_8(0_8), omp_get_team_size_8(0_8), omp_get_team_size_8(9_8)
    call omp_set_default_device_8(0_8)
    print *, omp_get_default_device()
    wrong = 0
    do i = 0, omp_get_num_places() - 1
        allocate (ids(omp_get_place_num_procs_8(i) + 1))
        ids = -7
        call omp_get_place_proc_ids_8(i, ids)
        wrong = wrong + count(ids(:size(ids) - 1) < 0 .or. ids(:size(ids) - 1) > 4096)
        if (ids(size(ids)) /= -7) wrong = wrong + 1
        deallocate (ids)
    end do
    print *, wrong
end program
