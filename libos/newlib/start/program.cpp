// SPDX-License-Identifier: MIT
// From the library kernel to main() and back: environment, constructors, exit handlers.
#include "start/program.hpp"

#include "memory/shared_files.hpp"
#include "signal/state.hpp"

#include <errno.h>
#include <kernel/process.h>
#include <kernel/thread.h>
#include <stdlib.h>
#include <string.h>

namespace libos {

StartTexts start_texts{"", "", ""};

namespace {

const char* end_of(char** texts, const char* if_none)
{
    if (!*texts)
        return if_none;
    while (texts[1])
        texts++;
    return *texts + strlen(*texts) + 1;
}

// While they are as the proxy has laid them out: later the program may have changed the pointers.
void note_texts(char** arguments, char** environment)
{
    const char* first = *arguments ? *arguments : *environment ? *environment : "";
    const char* second = end_of(arguments, first);
    start_texts = {first, second, end_of(environment, second)};
}

}

}

extern "C" {

static char no_name[] = "";
char *program_invocation_name = no_name, *program_invocation_short_name = no_name; // glibc's, in <errno.h>

extern char** environ;
int main(int argc, char** argv, char** environment);
void __libc_init_array();
void __libc_fini_array();

void skl_program(int argc, char** argv, char** environment)
{
    environ = environment;
    libos::note_texts(argv, environment);
    libos::enlist(libos::thread_signals, skl_thread_self(), 0);
    if (argc > 0) {
        char* slash = strrchr(argv[0], '/');
        program_invocation_name = argv[0];
        program_invocation_short_name = slash ? slash + 1 : argv[0];
    }
    libos::choose_indirect_functions();
    atexit(__libc_fini_array); // first in, last out: libraries flush in their destructors
    __libc_init_array();
    exit(main(argc, argv, environment));
}

void _exit(int status)
{
    libos::write_back_all();
    skl_exit(status);
}

}
