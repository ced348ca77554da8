// SPDX-License-Identifier: MIT
// POSIX.1-2008's functions that one process can have without sockets (docs/caveats.md lists those left out), and GNU's that programs take for
// granted: each is declared and links.
#include <aio.h>
#include <complex.h>
#include <ctype.h>
#include <dirent.h>
#include <dlfcn.h>
#include <err.h>
#include <errno.h>
#include <error.h>
#include <fcntl.h>
#include <fenv.h>
#include <fmtmsg.h>
#include <fnmatch.h>
#include <ftw.h>
#include <getopt.h>
#include <glob.h>
#include <grp.h>
#include <iconv.h>
#include <inttypes.h>
#include <langinfo.h>
#include <libgen.h>
#include <locale.h>
#include <math.h>
#include <monetary.h>
#include <nl_types.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <regex.h>
#include <sched.h>
#include <search.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <syslog.h>
#include <termios.h>
#include <time.h>
#include <ulimit.h>
#include <unistd.h>
#include <utime.h>
#include <wchar.h>
#include <wctype.h>
#include <wordexp.h>

#pragma GCC diagnostic ignored "-Wdeprecated-declarations" /* POSIX has them all the same */

typedef void (*any)(void);
#define F(name) (any)name,

static const any posix[] = {
	F(_Exit) F(_exit) F(a64l) F(abort) F(abs) F(access) F(acos) F(acosf) F(acosh) F(acoshf) F(acoshl) F(acosl) F(aio_cancel) F(aio_error)
	F(aio_fsync) F(aio_read) F(aio_return) F(aio_suspend) F(aio_write) F(alarm) F(aligned_alloc) F(alphasort) F(asctime) F(asctime_r)
	F(asin) F(asinf) F(asinh) F(asinhf) F(asinhl) F(asinl) F(at_quick_exit) F(atan) F(atan2) F(atan2f) F(atan2l) F(atanf) F(atanh)
	F(atanhf) F(atanhl) F(atanl) F(atexit) F(atof) F(atoi) F(atol) F(atoll) F(bsearch) F(btowc) F(cabs) F(cabsf) F(cabsl) F(cacos)
	F(cacosf) F(cacosh) F(cacoshf) F(cacoshl) F(cacosl) F(calloc) F(carg) F(cargf) F(cargl) F(casin) F(casinf) F(casinh) F(casinhf)
	F(casinhl) F(casinl) F(catan) F(catanf) F(catanh) F(catanhf) F(catanhl) F(catanl) F(catclose) F(catgets) F(catopen) F(cbrt) F(cbrtf)
	F(cbrtl) F(ccos) F(ccosf) F(ccosh) F(ccoshf) F(ccoshl) F(ccosl) F(ceil) F(ceilf) F(ceill) F(cexp) F(cexpf) F(cexpl) F(cfgetispeed)
	F(cfgetospeed) F(cfsetispeed) F(cfsetospeed) F(chdir) F(chmod) F(chown) F(cimag) F(cimagf) F(cimagl) F(clearerr) F(clock)
	F(clock_getcpuclockid) F(clock_getres) F(clock_gettime) F(clock_nanosleep) F(clock_settime) F(clog) F(clogf) F(clogl) F(close)
	F(closedir) F(closelog) F(confstr) F(conj) F(conjf) F(conjl) F(copysign) F(copysignf) F(copysignl) F(cos) F(cosf) F(cosh) F(coshf)
	F(coshl) F(cosl) F(cpow) F(cpowf) F(cpowl) F(cproj) F(cprojf) F(cprojl) F(creal) F(crealf) F(creall) F(creat) F(csin) F(csinf)
	F(csinh) F(csinhf) F(csinhl) F(csinl) F(csqrt) F(csqrtf) F(csqrtl) F(ctan) F(ctanf) F(ctanh) F(ctanhf) F(ctanhl) F(ctanl) F(ctermid)
	F(ctime) F(ctime_r) F(difftime) F(dirfd) F(dirname) F(div) F(dlclose) F(dlerror) F(dlopen) F(dlsym) F(dprintf) F(drand48) F(dup)
	F(dup2) F(duplocale) F(endgrent) F(endpwent) F(erand48) F(erf) F(erfc) F(erfcf) F(erfcl) F(erff) F(erfl) F(execl) F(execle) F(execlp)
	F(execv) F(execve) F(execvp) F(exit) F(exp) F(exp2) F(exp2f) F(exp2l) F(expf) F(expl) F(expm1) F(expm1f) F(expm1l) F(fabs) F(fabsf)
	F(fabsl) F(faccessat) F(fchdir) F(fchmod) F(fchmodat) F(fchown) F(fchownat) F(fclose) F(fcntl) F(fdatasync) F(fdim) F(fdimf) F(fdiml)
	F(fdopen) F(fdopendir) F(feclearexcept) F(fegetenv) F(fegetexceptflag) F(fegetround) F(feholdexcept) F(feof) F(feraiseexcept)
	F(ferror) F(fesetenv) F(fesetexceptflag) F(fesetround) F(fetestexcept) F(feupdateenv) F(fexecve) F(fflush) F(ffs) F(fgetc) F(fgetpos)
	F(fgets) F(fgetwc) F(fgetws) F(fileno) F(flockfile) F(floor) F(floorf) F(floorl) F(fma) F(fmaf) F(fmal) F(fmax) F(fmaxf) F(fmaxl)
	F(fmemopen) F(fmin) F(fminf) F(fminl) F(fmod) F(fmodf) F(fmodl) F(fmtmsg) F(fnmatch) F(fopen) F(fork) F(fpathconf) F(fprintf) F(fputc)
	F(fputs) F(fputwc) F(fputws) F(fread) F(free) F(freelocale) F(freopen) F(frexp) F(frexpf) F(frexpl) F(fscanf) F(fseek) F(fseeko)
	F(fsetpos) F(fstat) F(fstatat) F(fstatvfs) F(fsync) F(ftell) F(ftello) F(ftruncate) F(ftrylockfile) F(ftw) F(funlockfile) F(futimens)
	F(fwide) F(fwprintf) F(fwrite) F(fwscanf) F(getc) F(getc_unlocked) F(getchar) F(getchar_unlocked) F(getcwd) F(getdate) F(getdelim)
	F(getegid) F(getenv) F(geteuid) F(getgid) F(getgrent) F(getgrgid) F(getgrgid_r) F(getgrnam) F(getgrnam_r) F(getgroups) F(gethostid)
	F(gethostname) F(getitimer) F(getline) F(getlogin) F(getlogin_r) F(getopt) F(getpgid) F(getpgrp) F(getpid) F(getppid) F(getpriority)
	F(getpwent) F(getpwnam) F(getpwnam_r) F(getpwuid) F(getpwuid_r) F(getrlimit) F(getrusage) F(getsid) F(getsubopt) F(gettimeofday)
	F(getuid) F(getwc) F(getwchar) F(glob) F(globfree) F(gmtime) F(gmtime_r) F(grantpt) F(hcreate) F(hdestroy) F(hsearch) F(hypot)
	F(hypotf) F(hypotl) F(iconv) F(iconv_close) F(iconv_open) F(ilogb) F(ilogbf) F(ilogbl) F(imaxabs) F(imaxdiv) F(initstate) F(insque)
	F(isalnum) F(isalnum_l) F(isalpha) F(isalpha_l) F(isascii) F(isatty) F(isblank) F(isblank_l) F(iscntrl) F(iscntrl_l) F(isdigit)
	F(isdigit_l) F(isgraph) F(isgraph_l) F(islower) F(islower_l) F(isprint) F(isprint_l) F(ispunct) F(ispunct_l) F(isspace) F(isspace_l)
	F(isupper) F(isupper_l) F(iswalnum) F(iswalnum_l) F(iswalpha) F(iswalpha_l) F(iswblank) F(iswblank_l) F(iswcntrl) F(iswcntrl_l)
	F(iswctype) F(iswctype_l) F(iswdigit) F(iswdigit_l) F(iswgraph) F(iswgraph_l) F(iswlower) F(iswlower_l) F(iswprint) F(iswprint_l)
	F(iswpunct) F(iswpunct_l) F(iswspace) F(iswspace_l) F(iswupper) F(iswupper_l) F(iswxdigit) F(iswxdigit_l) F(isxdigit) F(isxdigit_l)
	F(j0) F(j1) F(jn) F(jrand48) F(kill) F(killpg) F(l64a) F(labs) F(lchown) F(lcong48) F(ldexp) F(ldexpf) F(ldexpl) F(ldiv) F(lfind)
	F(lgamma) F(lgammaf) F(lgammal) F(link) F(linkat) F(lio_listio) F(llabs) F(lldiv) F(llrint) F(llrintf) F(llrintl) F(llround)
	F(llroundf) F(llroundl) F(localeconv) F(localtime) F(localtime_r) F(lockf) F(log) F(log10) F(log10f) F(log10l) F(log1p) F(log1pf)
	F(log1pl) F(log2) F(log2f) F(log2l) F(logb) F(logbf) F(logbl) F(logf) F(logl) F(lrand48) F(lrint) F(lrintf) F(lrintl) F(lround)
	F(lroundf) F(lroundl) F(lsearch) F(lseek) F(lstat) F(malloc) F(mblen) F(mbrlen) F(mbrtowc) F(mbsinit) F(mbsnrtowcs) F(mbsrtowcs)
	F(mbstowcs) F(mbtowc) F(memccpy) F(memchr) F(memcmp) F(memcpy) F(memmove) F(memset) F(mkdir) F(mkdirat) F(mkdtemp) F(mkfifo)
	F(mkfifoat) F(mknod) F(mknodat) F(mkstemp) F(mktime) F(mlock) F(mlockall) F(mmap) F(modf) F(modff) F(modfl) F(mprotect) F(mrand48)
	F(msync) F(munlock) F(munlockall) F(munmap) F(nan) F(nanf) F(nanl) F(nanosleep) F(nearbyint) F(nearbyintf) F(nearbyintl) F(newlocale)
	F(nextafter) F(nextafterf) F(nextafterl) F(nexttoward) F(nexttowardf) F(nexttowardl) F(nftw) F(nice) F(nl_langinfo) F(nl_langinfo_l)
	F(nrand48) F(open) F(open_memstream) F(open_wmemstream) F(openat) F(opendir) F(openlog) F(pathconf) F(pause) F(pclose) F(perror)
	F(pipe) F(poll) F(popen) F(posix_fadvise) F(posix_fallocate) F(posix_madvise) F(posix_memalign) F(posix_openpt) F(posix_spawn)
	F(posix_spawn_file_actions_addclose) F(posix_spawn_file_actions_adddup2) F(posix_spawn_file_actions_addopen)
	F(posix_spawn_file_actions_destroy) F(posix_spawn_file_actions_init) F(posix_spawnattr_destroy) F(posix_spawnattr_getflags)
	F(posix_spawnattr_getpgroup) F(posix_spawnattr_getschedparam) F(posix_spawnattr_getschedpolicy) F(posix_spawnattr_getsigdefault)
	F(posix_spawnattr_getsigmask) F(posix_spawnattr_init) F(posix_spawnattr_setflags) F(posix_spawnattr_setpgroup)
	F(posix_spawnattr_setschedparam) F(posix_spawnattr_setschedpolicy) F(posix_spawnattr_setsigdefault) F(posix_spawnattr_setsigmask)
	F(posix_spawnp) F(pow) F(powf) F(powl) F(pread) F(printf) F(pselect) F(psiginfo) F(psignal) F(pthread_atfork) F(pthread_attr_destroy)
	F(pthread_attr_getdetachstate) F(pthread_attr_getguardsize) F(pthread_attr_getinheritsched) F(pthread_attr_getschedparam)
	F(pthread_attr_getschedpolicy) F(pthread_attr_getscope) F(pthread_attr_getstack) F(pthread_attr_getstacksize) F(pthread_attr_init)
	F(pthread_attr_setdetachstate) F(pthread_attr_setguardsize) F(pthread_attr_setinheritsched) F(pthread_attr_setschedparam)
	F(pthread_attr_setschedpolicy) F(pthread_attr_setscope) F(pthread_attr_setstack) F(pthread_attr_setstacksize)
	F(pthread_barrier_destroy) F(pthread_barrier_init) F(pthread_barrier_wait) F(pthread_barrierattr_destroy)
	F(pthread_barrierattr_getpshared) F(pthread_barrierattr_init) F(pthread_barrierattr_setpshared) F(pthread_cancel)
	F(pthread_cond_broadcast) F(pthread_cond_destroy) F(pthread_cond_init) F(pthread_cond_signal) F(pthread_cond_timedwait)
	F(pthread_cond_wait) F(pthread_condattr_destroy) F(pthread_condattr_getclock) F(pthread_condattr_getpshared) F(pthread_condattr_init)
	F(pthread_condattr_setclock) F(pthread_condattr_setpshared) F(pthread_create) F(pthread_detach) F(pthread_equal) F(pthread_exit)
	F(pthread_getconcurrency) F(pthread_getcpuclockid) F(pthread_getschedparam) F(pthread_getspecific) F(pthread_join)
	F(pthread_key_create) F(pthread_key_delete) F(pthread_kill) F(pthread_mutex_consistent) F(pthread_mutex_destroy)
	F(pthread_mutex_getprioceiling) F(pthread_mutex_init) F(pthread_mutex_lock) F(pthread_mutex_setprioceiling) F(pthread_mutex_timedlock)
	F(pthread_mutex_trylock) F(pthread_mutex_unlock) F(pthread_mutexattr_destroy) F(pthread_mutexattr_getprioceiling)
	F(pthread_mutexattr_getprotocol) F(pthread_mutexattr_getpshared) F(pthread_mutexattr_getrobust) F(pthread_mutexattr_gettype)
	F(pthread_mutexattr_init) F(pthread_mutexattr_setprioceiling) F(pthread_mutexattr_setprotocol) F(pthread_mutexattr_setpshared)
	F(pthread_mutexattr_setrobust) F(pthread_mutexattr_settype) F(pthread_once) F(pthread_rwlock_destroy) F(pthread_rwlock_init)
	F(pthread_rwlock_rdlock) F(pthread_rwlock_timedrdlock) F(pthread_rwlock_timedwrlock) F(pthread_rwlock_tryrdlock)
	F(pthread_rwlock_trywrlock) F(pthread_rwlock_unlock) F(pthread_rwlock_wrlock) F(pthread_rwlockattr_destroy)
	F(pthread_rwlockattr_getkind_np) F(pthread_rwlockattr_getpshared) F(pthread_rwlockattr_init) F(pthread_rwlockattr_setkind_np)
	F(pthread_rwlockattr_setpshared) F(pthread_self) F(pthread_setcancelstate) F(pthread_setcanceltype) F(pthread_setconcurrency)
	F(pthread_setschedparam) F(pthread_setschedprio) F(pthread_setspecific) F(pthread_sigmask) F(pthread_spin_destroy)
	F(pthread_spin_init) F(pthread_spin_lock) F(pthread_spin_trylock) F(pthread_spin_unlock) F(pthread_testcancel) F(ptsname) F(putc)
	F(putc_unlocked) F(putchar) F(putchar_unlocked) F(putenv) F(puts) F(putwc) F(putwchar) F(pwrite) F(qsort) F(quick_exit) F(raise)
	F(rand) F(rand_r) F(random) F(read) F(readdir) F(readdir_r) F(readlink) F(readlinkat) F(readv) F(realloc) F(realpath) F(regcomp)
	F(regerror) F(regexec) F(regfree) F(remainder) F(remainderf) F(remainderl) F(remove) F(remque) F(remquo) F(remquof) F(remquol)
	F(rename) F(renameat) F(rewind) F(rewinddir) F(rint) F(rintf) F(rintl) F(rmdir) F(round) F(roundf) F(roundl) F(scalbln) F(scalblnf)
	F(scalblnl) F(scalbn) F(scalbnf) F(scalbnl) F(scandir) F(scanf) F(sched_get_priority_max) F(sched_get_priority_min) F(sched_getparam)
	F(sched_getscheduler) F(sched_rr_get_interval) F(sched_setparam) F(sched_setscheduler) F(sched_yield) F(seed48) F(seekdir) F(select)
	F(sem_close) F(sem_destroy) F(sem_getvalue) F(sem_init) F(sem_open) F(sem_post) F(sem_timedwait) F(sem_trywait) F(sem_unlink)
	F(sem_wait) F(setbuf) F(setegid) F(setenv) F(seteuid) F(setgid) F(setgrent) F(setitimer) F(setjmp) F(setlocale) F(setlogmask)
	F(setpgid) F(setpgrp) F(setpriority) F(setpwent) F(setregid) F(setreuid) F(setrlimit) F(setsid) F(setstate) F(setuid) F(setvbuf)
	F(sigaction) F(sigaddset) F(sigaltstack) F(sigdelset) F(sigemptyset) F(sigfillset) F(sighold) F(sigignore) F(siginterrupt)
	F(sigismember) F(signal) F(sigpause) F(sigpending) F(sigprocmask) F(sigqueue) F(sigrelse) F(sigset) F(sigsuspend) F(sigtimedwait)
	F(sigwait) F(sigwaitinfo) F(sin) F(sinf) F(sinh) F(sinhf) F(sinhl) F(sinl) F(sleep) F(snprintf) F(sprintf) F(sqrt) F(sqrtf) F(sqrtl)
	F(srand) F(srand48) F(srandom) F(sscanf) F(stat) F(statvfs) F(stpcpy) F(stpncpy) F(strcasecmp) F(strcasecmp_l) F(strcat) F(strchr)
	F(strcmp) F(strcoll) F(strcoll_l) F(strcpy) F(strcspn) F(strdup) F(strerror) F(strerror_l) F(strerror_r) F(strfmon) F(strfmon_l)
	F(strftime) F(strftime_l) F(strlen) F(strncasecmp) F(strncasecmp_l) F(strncat) F(strncmp) F(strncpy) F(strndup) F(strnlen) F(strpbrk)
	F(strptime) F(strrchr) F(strsignal) F(strspn) F(strstr) F(strtod) F(strtof) F(strtoimax) F(strtok) F(strtok_r) F(strtol) F(strtold)
	F(strtoll) F(strtoul) F(strtoull) F(strtoumax) F(strxfrm) F(strxfrm_l) F(swab) F(swprintf) F(swscanf) F(symlink) F(symlinkat) F(sync)
	F(sysconf) F(syslog) F(system) F(tan) F(tanf) F(tanh) F(tanhf) F(tanhl) F(tanl) F(tcdrain) F(tcflow) F(tcflush) F(tcgetattr)
	F(tcgetpgrp) F(tcgetsid) F(tcsendbreak) F(tcsetattr) F(tcsetpgrp) F(tdelete) F(telldir) F(tfind) F(tgamma) F(tgammaf) F(tgammal)
	F(time) F(timer_create) F(timer_delete) F(timer_getoverrun) F(timer_gettime) F(timer_settime) F(times) F(timespec_get) F(tmpfile)
	F(toascii) F(tolower) F(tolower_l) F(toupper) F(toupper_l) F(towctrans) F(towctrans_l) F(towlower) F(towlower_l) F(towupper)
	F(towupper_l) F(trunc) F(truncate) F(truncf) F(truncl) F(tsearch) F(ttyname) F(ttyname_r) F(twalk) F(tzset) F(ulimit) F(umask)
	F(uname) F(ungetc) F(ungetwc) F(unlink) F(unlinkat) F(unlockpt) F(unsetenv) F(uselocale) F(utime) F(utimensat) F(utimes) F(vdprintf)
	F(vfprintf) F(vfscanf) F(vfwprintf) F(vfwscanf) F(vprintf) F(vscanf) F(vsnprintf) F(vsprintf) F(vsscanf) F(vswprintf) F(vswscanf)
	F(vwprintf) F(vwscanf) F(wait) F(waitid) F(waitpid) F(wcpcpy) F(wcpncpy) F(wcrtomb) F(wcscasecmp) F(wcscasecmp_l) F(wcscat) F(wcschr)
	F(wcscmp) F(wcscoll) F(wcscoll_l) F(wcscpy) F(wcscspn) F(wcsdup) F(wcsftime) F(wcslen) F(wcsncasecmp) F(wcsncasecmp_l) F(wcsncat)
	F(wcsncmp) F(wcsncpy) F(wcsnlen) F(wcsnrtombs) F(wcspbrk) F(wcsrchr) F(wcsrtombs) F(wcsspn) F(wcsstr) F(wcstod) F(wcstof) F(wcstoimax)
	F(wcstok) F(wcstol) F(wcstold) F(wcstoll) F(wcstombs) F(wcstoul) F(wcstoull) F(wcstoumax) F(wcswidth) F(wcsxfrm) F(wcsxfrm_l) F(wctob)
	F(wctomb) F(wctrans) F(wctrans_l) F(wctype) F(wctype_l) F(wcwidth) F(wmemchr) F(wmemcmp) F(wmemcpy) F(wmemmove) F(wmemset) F(wordexp)
	F(wordfree) F(wprintf) F(write) F(writev) F(wscanf) F(y0) F(y1) F(yn)
};

static const any gnu[] = {
	F(asprintf) F(canonicalize_file_name) F(clearenv) F(dup3) F(eaccess) F(err) F(error) F(euidaccess) F(explicit_bzero) F(ffsl) F(ffsll)
	F(fopencookie) F(get_current_dir_name) F(getopt_long) F(getopt_long_only) F(hcreate_r) F(hdestroy_r) F(hsearch_r) F(initstate_r)
	F(memmem) F(mempcpy) F(memrchr) F(mkostemp) F(mkostemps) F(mkstemps) F(pipe2) F(ppoll) F(pthread_getaffinity_np) F(pthread_getattr_np)
	F(pthread_getname_np) F(pthread_setaffinity_np) F(pthread_setname_np) F(ptsname_r) F(qsort_r) F(random_r) F(rawmemchr) F(reallocarray)
	F(sched_getaffinity) F(sched_getcpu) F(sched_setaffinity) F(secure_getenv) F(setstate_r) F(sincos) F(srandom_r) F(strcasestr)
	F(strchrnul) F(strsep) F(strverscmp) F(tdestroy) F(timegm) F(vasprintf) F(vsyslog) F(warn) F(wmempcpy)
};

static int count(const any *functions, size_t size)
{
	int found = 0;

	for (size_t i = 0; i < size; i++)
		found += functions[i] != NULL;
	return found;
}

int main(void)
{
	printf("%d of POSIX, %d of GNU\n", count(posix, sizeof posix / sizeof *posix), count(gnu, sizeof gnu / sizeof *gnu));
}
