// SPDX-License-Identifier: MIT
// wordexp(): the shell expands the words and prints them. What it must not be given is found here.
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <wordexp.h>

namespace {

// Goes over text as the shell would, and writes down what the shell shall read.
class Check {
public:
    Check(const char* text, int flags, char* checked) : begin_(text), at_(text), flags_(flags), checked_(checked) {}
    int words(); // WRDE_*

private:
    int dollar();
    int quoted();
    int literally(char end);
    int until(char end); // what is in (), {} or `` is the shell's own business
    int command(char end) { return flags_ & WRDE_NOCMD ? int{WRDE_CMDSUB} : until(end); }
    int word_part();

    const char *begin_, *at_;
    int flags_;
    char* checked_;
};

int Check::literally(char end)
{
    while (*at_ != end)
        if (!*at_++)
            return WRDE_SYNTAX;
    at_++;
    return 0;
}

int Check::until(char end)
{
    while (*at_ != end) {
        int error = 0;
        switch (*at_++) {
        case '\0':
            return WRDE_SYNTAX;
        case '\\':
            error = *at_ ? (at_++, 0) : int{WRDE_SYNTAX};
            break;
        case '\'':
            error = literally('\'');
            break;
        case '"':
            error = quoted();
            break;
        case '$':
            error = dollar();
            break;
        case '`':
            error = command('`');
            break;
        case '(':
            error = until(')');
            break;
        }
        if (error)
            return error;
    }
    at_++;
    return 0;
}

int Check::dollar()
{
    if (*at_ == '$') // the shell's number
        return at_++, 0;
    if (*at_ == '{')
        return at_++, until('}');
    if (*at_ != '(')
        return 0;
    bool arithmetic = at_[1] == '(';
    at_++;
    return arithmetic ? until(')') : command(')');
}

int Check::quoted()
{
    while (*at_ != '"') {
        int error = 0;
        switch (*at_++) {
        case '\0':
            return WRDE_SYNTAX;
        case '\\':
            error = *at_ ? (at_++, 0) : int{WRDE_SYNTAX};
            break;
        case '$':
            error = dollar();
            break;
        case '`':
            error = command('`');
            break;
        }
        if (error)
            return error;
    }
    at_++;
    return 0;
}

int Check::word_part()
{
    char c = *at_++;
    if (strchr("|&;<>(){}\n", c))
        return WRDE_BADCHAR;
    switch (c) {
    case '\\':
        return *at_ ? (at_++, 0) : int{WRDE_SYNTAX};
    case '\'':
        return literally('\'');
    case '"':
        return quoted();
    case '$':
        return dollar();
    case '`':
        return command('`');
    }
    return 0;
}

int Check::words()
{
    while (*at_) {
        const char* part = at_;
        if (*at_ == '#' && (at_ == begin_ || strchr(" \t", at_[-1])))
            *checked_++ = '\\'; // no comment
        if (int error = word_part())
            return error;
        checked_ = static_cast<char*>(mempcpy(checked_, part, static_cast<size_t>(at_ - part)));
    }
    *checked_ = '\0';
    return 0;
}

// The words of one call, each as long as malloc has made it.
struct List {
    char** words = nullptr;
    size_t count = 0;

    bool add(char* word)
    {
        auto* more = static_cast<char**>(realloc(words, (count + 1) * sizeof *words));
        if (!more)
            return false;
        words = more;
        words[count++] = word;
        return true;
    }
    void release()
    {
        for (size_t i = 0; i < count; i++)
            free(words[i]);
        free(words);
    }
};

// sh's word for the text, and what makes it print the words of that: the first is ours, so that none at all can be told from an error.
char* script(const char* text, int flags)
{
    constexpr char begin[] = "set -- '", end[] = "'; eval \"printf '%s\\0' x $1\"";
    const char *errors = flags & WRDE_SHOWERR ? "" : "exec 2>/dev/null; ", *undefined = flags & WRDE_UNDEF ? "set -u; " : "";
    auto* command = static_cast<char*>(malloc(strlen(errors) + strlen(undefined) + sizeof begin + 4 * strlen(text) + sizeof end));
    if (!command)
        return nullptr;
    char* to = stpcpy(stpcpy(stpcpy(command, errors), undefined), begin);
    for (; *text; text++) {
        if (*text == '\'')
            to = stpcpy(to, "'\\''");
        else
            *to++ = *text;
    }
    strcpy(to, end);
    return command;
}

int read_words(FILE* stream, List& list)
{
    for (bool first = true;; first = false) {
        char* word = nullptr;
        size_t size = 0;
        if (getdelim(&word, &size, '\0', stream) < 0) {
            free(word);
            return first ? WRDE_SYNTAX : 0;
        }
        if (first)
            free(word);
        else if (!list.add(word)) {
            free(word);
            return WRDE_NOSPACE;
        }
    }
}

int expand(const char* text, int flags, List& list)
{
    auto* checked = static_cast<char*>(malloc(2 * strlen(text) + 1));
    if (!checked)
        return WRDE_NOSPACE;
    int error = Check(text, flags, checked).words();
    char* command = error ? nullptr : script(checked, flags);
    free(checked);
    if (error)
        return error;
    FILE* stream = command ? popen(command, "r") : nullptr;
    free(command);
    if (!stream)
        return WRDE_NOSPACE;
    error = read_words(stream, list);
    int status = pclose(stream);
    if (!error && status != 0)
        error = WRDE_SYNTAX;
    return error == WRDE_SYNTAX && (flags & WRDE_UNDEF) ? int{WRDE_BADVAL} : error;
}

// Behind what is there already.
int append(wordexp_t& result, int flags, const List& list)
{
    bool appends = flags & WRDE_APPEND;
    size_t offset = flags & WRDE_DOOFFS ? result.we_offs : 0, before = appends ? result.we_wordc : 0;
    if (offset > SIZE_MAX / sizeof(char*) / 4)
        return WRDE_NOSPACE;
    auto** words = static_cast<char**>(realloc(appends ? result.we_wordv : nullptr, (offset + before + list.count + 1) * sizeof(char*)));
    if (!words)
        return WRDE_NOSPACE;
    if (!appends)
        memset(words, 0, offset * sizeof *words);
    if (list.count > 0)
        memcpy(words + offset + before, list.words, list.count * sizeof *words);
    words[offset + before + list.count] = nullptr;
    result = {before + list.count, words, offset};
    return 0;
}

int expand_all(const char* text, wordexp_t& result, int flags)
{
    if (flags & WRDE_REUSE)
        wordfree(&result);
    if (!(flags & WRDE_APPEND))
        result = {0, nullptr, flags & WRDE_DOOFFS ? result.we_offs : 0};
    List list;
    int error = expand(text, flags, list);
    if (!error)
        error = append(result, flags, list);
    if (error)
        list.release();
    else
        free(list.words);
    return error;
}

}

extern "C" {

int wordexp(const char* __restrict text, wordexp_t* __restrict result, int flags)
{
    int state;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    int error = expand_all(text, *result, flags);
    pthread_setcancelstate(state, nullptr);
    return error;
}

void wordfree(wordexp_t* result)
{
    for (size_t i = 0; result->we_wordv && i < result->we_wordc; i++)
        free(result->we_wordv[result->we_offs + i]);
    free(result->we_wordv);
    result->we_wordv = nullptr;
    result->we_wordc = 0;
}

}
