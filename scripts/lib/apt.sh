# SPDX-License-Identifier: MIT
# Debian packages fetched and unpacked with an apt configuration of our own: nothing is installed, the system's lists stay as they are.

apt_dir="$skl_cache/apt-binary"

private_apt() {
	local tool=$1
	shift
	"$tool" -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$apt_dir/parts" -o Dir::State::lists="$apt_dir/lists" \
		-o Dir::Cache="$apt_dir/cache" -o APT::Sandbox::User=root -o APT::Get::List-Cleanup=0 "$@"
}

# Fresh lists, at most once a day.
apt_update() {
	local source=/etc/apt/sources.list.d/debian.sources
	[ -z "$(find "$apt_dir/updated" -mtime -1 2>/dev/null)" ] || return 0
	mkdir -p "$apt_dir/parts" "$apt_dir/lists/partial" "$apt_dir/cache/archives/partial"
	if [ -r "$source" ]; then
		cp "$source" "$apt_dir/parts/"
	else
		cp /etc/apt/sources.list "$apt_dir/parts/debian.list"
	fi
	private_apt apt-get -qq update >&2 || die "the package lists could not be fetched" "is there a network? apt-get update shows more"
	touch "$apt_dir/updated"
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
