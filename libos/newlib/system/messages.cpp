// SPDX-License-Identifier: MIT
// err() and warn(): messages that begin with the program's name.
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern "C" const char* skl_program_name;

namespace {

void message(const char* format, va_list arguments, int error)
{
    fprintf(stderr, "%s: ", skl_program_name);
    if (format)
        vfprintf(stderr, format, arguments);
    if (error)
        fprintf(stderr, "%s%s", format ? ": " : "", strerror(error));
    fputc('\n', stderr);
}

}

extern "C" {

void vwarn(const char* format, va_list arguments)
{
    message(format, arguments, errno);
}

void vwarnx(const char* format, va_list arguments)
{
    message(format, arguments, 0);
}

void verr(int status, const char* format, va_list arguments)
{
    message(format, arguments, errno);
    exit(status);
}

void verrx(int status, const char* format, va_list arguments)
{
    message(format, arguments, 0);
    exit(status);
}

void warn(const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vwarn(format, arguments);
    va_end(arguments);
}

void warnx(const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vwarnx(format, arguments);
    va_end(arguments);
}

void err(int status, const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    verr(status, format, arguments);
}

void errx(int status, const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    verrx(status, format, arguments);
}

}
