# SPDX-License-Identifier: MIT
# What the shell parts of the toolchain share: messages, the cache folder, a clean environment. Sourced, not run.

GCC_VERSION=${SKELLIG_GCC_VERSION:-12} # the distribution's gcc-N that the drivers stand on
toolchain=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(dirname "$toolchain")
cache=${SKELLIG_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/skellig}

# Each of these makes gcc look into folders of the host.
unset LIBRARY_PATH CPATH C_INCLUDE_PATH CPLUS_INCLUDE_PATH OBJC_INCLUDE_PATH COMPILER_PATH GCC_EXEC_PREFIX
# And these would leak into what is configured for the isle.
unset CFLAGS CXXFLAGS CPPFLAGS LDFLAGS CONFIG_SITE
export LC_ALL=C

# die CAUSE HINT
die()
{
	printf '%s: %s\nhint: %s\n' "${0##*/}" "$1" "$2" >&2
	exit 1
}

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
	mkdir -p "$cache"
	exec {lock_fd}>"$cache/$1.lock"
	flock "$lock_fd"
}
