# SPDX-License-Identifier: MIT
# What the shell parts of the toolchain share beyond scripts/lib/common.sh. Sourced, not run.

GCC_VERSION=${SKELLIG_GCC_VERSION:-12} # the distribution's gcc-N that the drivers stand on
CLANG_VERSION=${SKELLIG_CLANG_VERSION:-14} # and its clang-N
toolchain=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$toolchain/../scripts/lib/common.sh"
forget_compiler_environment
export LC_ALL=C

# quietly LOG COMMAND...: all output goes to LOG, which is shown when the command fails.
quietly()
{
	local log=$1
	shift
	if ! "$@" >"$log" 2>&1; then
		tail -n 40 "$log" >&2
		die "failed: $* (in $PWD)" "the whole output is in $log"
	fi
}

# lock NAME: hold a lock of the cache until this shell ends, or wait for it.
lock()
{
	mkdir -p "$skl_cache"
	exec {lock_fd}>"$skl_cache/$1.lock"
	flock "$lock_fd"
}
