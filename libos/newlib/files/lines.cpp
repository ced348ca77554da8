// SPDX-License-Identifier: MIT
// getline() and getdelim(), which newlib has by other names only.
#include <stdio.h>

extern "C" {

ssize_t __getline(char** line, size_t* size, FILE* stream);
ssize_t __getdelim(char** line, size_t* size, int delimiter, FILE* stream);

ssize_t getline(char** __restrict line, size_t* __restrict size, FILE* __restrict stream)
{
    return __getline(line, size, stream);
}

ssize_t getdelim(char** __restrict line, size_t* __restrict size, int delimiter, FILE* __restrict stream)
{
    return __getdelim(line, size, delimiter, stream);
}

}
