# SPDX-License-Identifier: MIT
# What the shell scripts share: where things are, how to speak, what must be installed. Source it.

skl_top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
skl_cache="${SKELLIG_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/skellig}"

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# die CAUSE [HINT]
die() {
	say "$1"
	[ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
	exit 1
}

# For whatever compiles: the first line makes gcc look into folders of the host, the second would leak into what is configured.
forget_compiler_environment() {
	unset LIBRARY_PATH CPATH C_INCLUDE_PATH CPLUS_INCLUDE_PATH OBJC_INCLUDE_PATH COMPILER_PATH GCC_EXEC_PREFIX
	unset CFLAGS CXXFLAGS CPPFLAGS LDFLAGS CONFIG_SITE
}

# Runs a command as root, with sudo where we are not.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "root is needed for: $*" "run it as root once, or install sudo"
	fi
}

# Installs what scripts/packages lists and this machine lacks.
need_packages() {
	local wanted missing
	mapfile -t wanted < <(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$skl_top/scripts/packages")
	missing=$(comm -23 <(printf '%s\n' "${wanted[@]}" | sort -u) \
		<(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null | sed -n 's/^installed //p' | sort -u))
	[ -n "$missing" ] || return 0
	say "installing" $missing
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update >&2 || say "apt-get update failed: going on with the lists there are"
	# shellcheck disable=SC2086
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing >&2 ||
		die "packages could not be installed: $missing" "apt-get install them by hand, then try again"
}

# A hash of files, for cache keys: names and contents.
hash_of() { find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16; }
