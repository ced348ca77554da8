// SPDX-License-Identifier: MIT
// Dates read from text: strptime(), what it takes, what it refuses, and what it concludes; getdate() by a list of formats.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void parse(const char *text, const char *format)
{
	struct tm time = {.tm_sec = -1, .tm_min = -1, .tm_hour = -1, .tm_mday = 1, .tm_mon = 0, .tm_year = 100, .tm_wday = -1, .tm_yday = -1};
	const char *rest = strptime(text, format, &time);

	printf("%s | %s: ", text, format);
	if (rest)
		printf("%d-%d-%d %d:%d:%d weekday %d, day %d, offset %ld, rest \"%s\"\n", time.tm_year, time.tm_mon, time.tm_mday, time.tm_hour,
		       time.tm_min, time.tm_sec, time.tm_wday, time.tm_yday, time.tm_gmtoff, rest);
	else
		puts("refused");
}

static const char *const cases[][2] = {
	{"2024-02-29", "%Y-%m-%d"}, {"2024-13-01", "%Y-%m-%d"}, {"2024-00-01", "%Y-%m-%d"}, {"2024-1-1", "%Y-%m-%d"}, {"2024-02-32", "%F"},
	{"2023-02-29", "%F"}, {"20240229", "%Y%m%d"}, {"  2024 2 9", "%Y%m%d"}, {"12:34:56", "%T"}, {"24:00:00", "%T"}, {"23:60:00", "%T"},
	{"23:59:61", "%T"}, {"23:59:62", "%T"}, {"1:2:3", "%H:%M:%S"}, {"12:30 PM", "%I:%M %p"}, {"12:30 AM", "%I:%M %p"}, {"11:30 pm", "%I:%M %p"},
	{"pm 3", "%p %I"}, {"13 pm", "%I %p"}, {"0 am", "%I %p"}, {"03:04:05 PM", "%r"}, {"15 PM", "%H %p"}, {"12:34 xyz", "%R"},
	{"Mon", "%a"}, {"monday", "%A"}, {"MONDAY", "%a"}, {"Mond", "%a"}, {"Xyz", "%a"}, {"Thu Feb 29 2024", "%a %b %d %Y"},
	{"Jan", "%b"}, {"january", "%B"}, {"May", "%h"}, {"Septem", "%b"}, {"Sunday, 7 July 2024", "%A, %d %B %Y"},
	{"Fri Jul  5 10:20:30 2024", "%c"}, {"07/05/24", "%D"}, {"07/05/24", "%x"}, {"10:20:30", "%X"}, {"70", "%y"}, {"69", "%y"}, {"68", "%y"},
	{"0", "%y"}, {"100", "%y"}, {"20 24", "%C %y"}, {"19", "%C"}, {"24 19", "%y %C"}, {"2024 19", "%Y %C"}, {"60 2024", "%j %Y"}, {"366 2024", "%j %Y"},
	{"367", "%j"}, {"0", "%j"}, {"60", "%j"}, {"2024 10 1", "%Y %U %w"}, {"2024 10 0", "%Y %W %w"},
	{"2024 54 0", "%Y %W %w"}, {"2024 10 7", "%Y %W %u"}, {"7", "%w"}, {"8", "%u"}, {"2024 10 Tue", "%Y %U %a"},
	{"86400", "%s"}, {"1700000000 rest", "%s"}, {"x", "%s"}, {"+0530", "%z"}, {"-08:00", "%z"}, {"+05", "%z"}, {"Z", "%z"}, {"+0560", "%z"},
	{"+5", "%z"}, {"5", "%z"}, {"  -0130x", "%z"}, {"CET rest", "%Z"}, {"", "%Z"}, {"100%", "%j%%"}, {"5", "%%"}, {"a b", "a%nb"}, {"a  b", "a b"},
	{"ab", "a b"}, {"a b", "a%tb"}, {"2024", "%EY"}, {"24", "%Oy"}, {"05", "%Od"}, {"07", "%Om"}, {"x", "%Ex"}, {"1", "%Ez"}, {"1", "%Q"}, {"1", "%"},
	{"05", "%-d"}, {"05", "%_d"}, {"05", "%0d"}, {"2024 05", "%G %V"}, {"24 9", "%g %d"}, {"99999", "%Y"}, {"-1", "%Y"}, {"+5", "%d"}, {"", ""},
	{"", "%d"}, {"2024-02-29T12:34:56Z", "%Y-%m-%dT%H:%M:%S%z"}, {"2024-02-29T12:34:56.25+01:00", "%FT%T"}, {"17 5", "%k %l"}, {"5 PM", "%l %p"},
	{"1/2/3", "%d/%m/%y"}, {"Thu, 01 Jan 1970 00:00:00 GMT", "%a, %d %b %Y %H:%M:%S GMT"}, {"31 4 2024", "%d %m %Y"}, {"2100-03-01", "%F"},
	{"1900-03-01", "%F"}, {"2000-03-01", "%F"}, {"1-03-01", "%F"}, {"9999-12-31", "%F"}, {"15:20:25 2024 100", "%T %Y %j"},
};

/* What was printed reads back the same. */
static void there_and_back(void)
{
	static const char *const formats[] = {"%Y-%m-%d %H:%M:%S", "%c", "%a %d %b %Y %I:%M:%S %p", "%Y %j %T", "%D %r", "%s"};
	int wrong = 0;

	for (time_t when = -2000000000; when < 4000000000; when += 7654321)
		for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
			struct tm before, after = {0};
			char text[64];

			if (i >= 4 && (when < 0 || when > 3000000000)) /* %D has two digits of the year, %s no sign */
				continue;
			gmtime_r(&when, &before);
			strftime(text, sizeof text, formats[i], &before);
			wrong += !strptime(text, formats[i], &after) || timegm(&after) != when || after.tm_wday != before.tm_wday ||
				 after.tm_yday != before.tm_yday;
		}
	printf("%d wrong\n", wrong);
}

static void by_list(void)
{
	FILE *list = fopen("formats", "w");
	struct tm *found;

	fputs("%d.%m.%Y\n%m/%d/%y %H:%M\n%Y-%m-%d %H:%M:%S\n", list);
	fclose(list);
	unsetenv("DATEMSK");
	found = getdate("1.2.2024");
	printf("%d %d\n", found != NULL, getdate_err);
	setenv("DATEMSK", "formats", 1);
	found = getdate("2024-07-05 10:20:30");
	printf("%d: %d %d %d %d\n", found != NULL, found->tm_year, found->tm_mon, found->tm_mday, found->tm_min);
	found = getdate("07/05/24 10:21");
	printf("%d: %d %d %d %d\n", found != NULL, found->tm_year, found->tm_mon, found->tm_mday, found->tm_min);
	found = getdate("yesterday");
	printf("%d %d\n", found != NULL, getdate_err);
	remove("formats");
}

int main(void)
{
	setenv("TZ", "UTC", 1);
	tzset();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		parse(cases[i][0], cases[i][1]);
	there_and_back();
	by_list();
}
