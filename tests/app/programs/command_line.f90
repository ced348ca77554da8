! SPDX-License-Identifier: MIT
! Fortran's way to the shell: execute_command_line, waited for or not, and what it says of the end.
program command_line
    use, intrinsic :: iso_fortran_env
    implicit none
    integer :: status, error, unit, number
    character(len=80) :: message
    logical :: there

    call execute_command_line('exit 17', exitstat=status, cmdstat=error)
    print *, 'exit', status, error
    call execute_command_line('echo from the shell > made')
    open (newunit=unit, file='made', status='old')
    read (unit, '(a)') message
    close (unit, status='delete')
    print *, trim(message)
    message = ''
    call execute_command_line('/nowhere/program 2>/dev/null', exitstat=status, cmdstat=error, cmdmsg=message)
    print *, status, error, trim(message)
    call execute_command_line('kill -TERM $$', exitstat=status, cmdstat=error)
    print *, 'killed', status, error
    print *, 'written before the command'
    call execute_command_line('echo written by it')
    print *, 'written after it'

    call execute_command_line('sleep 1; echo 4711 > later; mv later done', wait=.false., cmdstat=error)
    print *, 'started', error
    inquire (file='done', exist=there)
    print *, 'not waited for', .not. there
    do while (.not. there)
        call execute_command_line('sleep 0.1')
        inquire (file='done', exist=there)
    end do
    open (newunit=unit, file='done', status='old')
    read (unit, *) number
    close (unit, status='delete')
    print *, 'done', number
end program
