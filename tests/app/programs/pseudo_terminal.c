// SPDX-License-Identifier: MIT
// Both sides of a pseudo-terminal; and who the program is, which it may say again but not change.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "check.h"

static void both_sides(void)
{
	char name[64], text[16] = "";
	struct termios settings;
	int master = posix_openpt(O_RDWR | O_NOCTTY);

	check("master", master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
	check("name", ptsname_r(master, name, sizeof name) == 0 && strcmp(name, ptsname(master)) == 0 && strncmp(name, "/dev/pts/", 9) == 0);
	check("short", ptsname_r(master, name, 3) == ERANGE);
	int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	check("slave", slave >= 0 && isatty(slave) && tcgetattr(slave, &settings) == 0);
	settings.c_lflag &= ~ECHO;
	tcsetattr(slave, TCSANOW, &settings);
	check("write", write(master, "a line\n", 7) == 7);
	int length = read(slave, text, sizeof text);
	printf("%d %s", length, text);
	check("no session", tcgetsid(slave) == -1 && errno == ENOTTY);
	close(slave);
	close(master);
	int file = open("/dev/null", O_RDWR);
	check("no master", grantpt(file) == -1 && errno == EINVAL);
	check("unlock", unlockpt(file) == -1);
	check("unnamed", !ptsname(file) && errno == ENOTTY);
	check("not open", grantpt(-1) == -1 && errno == EBADF);
}

static void identity(void)
{
	check("user", setuid(getuid()) == 0 && seteuid(geteuid()) == 0 && setreuid(-1, -1) == 0);
	check("group", setgid(getgid()) == 0 && setegid(getegid()) == 0 && setregid(-1, getegid()) == 0);
}

int main(void)
{
	both_sides();
	identity();
}
