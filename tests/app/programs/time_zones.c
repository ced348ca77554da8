// SPDX-License-Identifier: MIT
// Local time in zones given by name, by path and by rule: sums over many moments, single ones in words, and the way back.
#include "check.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void words(time_t time)
{
	char text[80];
	struct tm local;

	if (!localtime_r(&time, &local)) {
		printf("%lld cannot be told\n", (long long)time);
		return;
	}
	// newlib's %z loses the sign of less than an hour
	strftime(text, sizeof text, local.tm_gmtoff > -3600 && local.tm_gmtoff < 0 ? "%F %T %Z" : "%Y-%m-%d %H:%M:%S %z %Z %a %j", &local);
	printf("%12lld %s %ld %s\n", (long long)time, text, local.tm_gmtoff, local.tm_zone);
}

// Every field of a moment, so that one sum tells of 2,000 of them.
static uint64_t mix(uint64_t sum, const struct tm *local)
{
	const int fields[] = {local->tm_sec,  local->tm_min,  local->tm_hour, local->tm_mday,  local->tm_mon,
			      local->tm_year, local->tm_wday, local->tm_yday, local->tm_isdst, (int)local->tm_gmtoff};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		sum = (sum ^ (uint32_t)fields[i]) * 1099511628211u;
	for (const char *c = local->tm_zone; *c; c++)
		sum = (sum ^ (unsigned char)*c) * 1099511628211u;
	return sum;
}

// From 1890 to 2110, with steps that meet all hours and seasons. Told as standard or daylight saving time, each has one way back.
static void many(void)
{
	uint64_t sum = 14695981039346656037u;
	int lost = 0;

	for (int i = 0; i < 2000; i++) {
		time_t time = -2524521600 + i * (time_t)3471133;
		struct tm local, copy;

		localtime_r(&time, &local);
		sum = mix(sum, &local);
		copy = local;
		lost += mktime(&copy) != time || copy.tm_hour != local.tm_hour;
	}
	printf("sum %016llx, %d lost\n", (unsigned long long)sum, lost);
}

static void back(int year, int month, int day, int hour, int minute, int daylight)
{
	struct tm local = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_hour = hour, .tm_min = minute, .tm_isdst = daylight};
	time_t time = mktime(&local);

	printf("%lld: %d-%d-%d %d:%02d %d, day %d of the week, %d of the year\n", (long long)time, local.tm_year + 1900, local.tm_mon + 1,
	       local.tm_mday, local.tm_hour, local.tm_min, local.tm_isdst, local.tm_wday, local.tm_yday);
}

static void zone(const char *name)
{
	setenv("TZ", name, 1);
	tzset();
	printf("TZ=%s: %s %s %ld %d\n", name, tzname[0], tzname[1], timezone, daylight);
	words(0);
	words(1700000000);
	words(1720000000);
	words(-1693706400); // April 1916, Germany's first
	words(4102444800); // 2100
	many();
	back(2024, 1, 31, 12, 0, -1);
	back(2024, 14, 31, 36, 75, -1);
	back(2023, 7, 1, 0, 0, -1);
	back(2024, 1, 15, 12, 0, 1); // in winter, told by the clock of summer
	back(2024, 7, 15, 12, 0, 0);
	back(1969, 12, 31, 23, 59, -1);
}

int main(void)
{
	struct tm edge = {.tm_year = 124, .tm_mon = 9, .tm_mday = 27, .tm_hour = 2, .tm_min = 30};
	time_t huge = INT64_MAX;

	zone("Europe/Berlin");
	zone("America/New_York");
	zone("Australia/Lord_Howe"); // half an hour, in the south
	zone("Asia/Kathmandu");
	zone("Europe/Dublin");	     // winter is what is saved
	zone(":/usr/share/zoneinfo/America/Sao_Paulo");
	zone("Pacific/Apia"); // one day in 2011 there never was
	zone("CET-1CEST,M3.5.0,M10.5.0/3");
	zone("NZST-12:00:00NZDT-13:00:00,M9.5.0,M4.1.0/3");
	zone("<-03>3<-02>,J60/-1,300/25:30");
	zone("UTC");
	zone("");
	zone("Nowhere/Bad");
	zone("x");
	setenv("TZ", "Europe/Berlin", 1);
	edge.tm_isdst = 1; // this half hour is shown twice
	printf("first %lld\n", (long long)mktime(&edge));
	edge.tm_isdst = 0;
	edge.tm_hour = 2;
	printf("second %lld\n", (long long)mktime(&edge));
	check("too late", !localtime(&huge) && !gmtime(&huge));
	huge = 1700000000;
	printf("%s %s", ctime(&huge), asctime(gmtime(&huge)));
	unsetenv("TZ");
	tzset();
	words(1700000000);
	return 0;
}
