# SPDX-License-Identifier: MIT
# Debian packages and sources fetched with an apt configuration of our own: nothing is installed, the system's lists stay as they are.
# Source common.sh first.

apt_dir="$skl_cache/apt"

# private_apt TOOL ARGUMENT...: as root or as an ordinary user.
private_apt() {
	local tool=$1
	shift
	"$tool" -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$apt_dir/parts" -o Dir::State::lists="$apt_dir/lists" \
		-o Dir::Cache="$apt_dir/cache" -o APT::Sandbox::User="$(id -un)" -o APT::Get::List-Cleanup=0 "$@"
}

# The system's own Debian mirrors, packages and sources; deb.debian.org when there are none.
write_sources() {
	local parts="$apt_dir/parts" file
	rm -rf "$parts"
	mkdir -p "$parts"
	for file in /etc/apt/sources.list.d/*.sources; do
		if [ -r "$file" ] && grep -q '^URIs:.*debian' "$file"; then
			sed 's/^Types:.*/Types: deb deb-src/' "$file" >"$parts/$(basename "$file")"
		fi
	done
	for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
		if [ -r "$file" ]; then
			sed -n 's/^deb \(.*debian.*\)/deb \1\ndeb-src \1/p' "$file" >>"$parts/system.list"
		fi
	done
	if ! cat "$parts"/* 2>/dev/null | grep -q 'deb-src'; then
		printf '%s [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main\n' \
			deb deb-src >"$parts/system.list"
	fi
}

# apt_update [now]: fresh lists, at most once a day unless now. Whoever else updates is waited for.
apt_update() {
	mkdir -p "$apt_dir/lists/partial" "$apt_dir/cache/archives/partial"
	(
		flock 9
		if [ "${1:-}" != now ] && [ -n "$(find "$apt_dir/updated" -mtime -1 2>/dev/null)" ]; then
			exit 0
		fi
		write_sources
		private_apt apt-get -qq update >&2 && touch "$apt_dir/updated"
	) 9>"$apt_dir/lock" || die "the package lists could not be fetched" "is there a network? apt-get update shows more"
}

# apt_depends PACKAGE PATTERN...: the first dependency of PACKAGE that matches each pattern.
apt_depends() {
	local package=$1 pattern depends
	shift
	depends=$(private_apt apt-cache show --no-all-versions "$package" | sed -n 's/^Depends: //p' | head -1 | tr ',|' '\n\n' | sed 's/^ *//; s/ .*//')
	for pattern in "$@"; do
		grep -m1 -E "^$pattern\$" <<<"$depends" || die "$package depends on no package like $pattern" "scripts/kernel knows Debian 12"
	done
}

# apt_unpack DIRECTORY PACKAGE...: downloads and unpacks into DIRECTORY.
apt_unpack() {
	local directory=$1 debs
	shift
	debs=$(mktemp -d "$skl_cache/debs.XXXXXX")
	(cd "$debs" && private_apt apt-get -qq download "$@" >&2) || die "could not download: $*" "is there a network?"
	mkdir -p "$directory"
	for deb in "$debs"/*.deb; do
		dpkg -x "$deb" "$directory"
	done
	rm -rf "$debs"
}
