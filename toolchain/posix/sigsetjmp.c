// SPDX-License-Identifier: MIT
// sigsetjmp's other half: the signal mask, kept when asked for and put back before the jump.
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>

void __sigjmp_save(struct __sigjmp_buf *env, int save)
{
	env->__mask_saved = save && sigprocmask(SIG_SETMASK, NULL, &env->__mask) == 0;
}

void siglongjmp(sigjmp_buf env, int value)
{
	if (env->__mask_saved)
		sigprocmask(SIG_SETMASK, &env->__mask, NULL);
	longjmp(env->__registers, value);
}
