// SPDX-License-Identifier: MIT
// err(), warn() and error(): messages that begin with the program's name.
#include <err.h>
#include <errno.h>
#include <error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

namespace {

void message(const char* format, va_list arguments, int error)
{
    fprintf(stderr, "%s: ", program_invocation_short_name);
    if (format)
        vfprintf(stderr, format, arguments);
    if (error)
        fprintf(stderr, "%s%s", format ? ": " : "", strerror(error));
    fputc('\n', stderr);
}

// GNU's: by the name that the program was called by, after what it has printed so far.
void complain(int status, int number, const char* file, unsigned line, const char* format, va_list arguments)
{
    fflush(stdout);
    fprintf(stderr, "%s:", program_invocation_name);
    if (file)
        fprintf(stderr, "%s:%u: ", file, line);
    else
        fputc(' ', stderr);
    vfprintf(stderr, format, arguments);
    if (number)
        fprintf(stderr, ": %s", strerror(number));
    fputc('\n', stderr);
    error_message_count++;
    if (status)
        exit(status);
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

unsigned error_message_count;

void error(int status, int number, const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    complain(status, number, nullptr, 0, format, arguments);
    va_end(arguments);
}

void error_at_line(int status, int number, const char* file, unsigned line, const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    complain(status, number, file, line, format, arguments);
    va_end(arguments);
}

}
