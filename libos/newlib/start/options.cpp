// SPDX-License-Identifier: MIT
// Options of the command line as GNU's getopt family reads them: words that are none move to the end, long names may be cut short. And
// options within an option's argument.
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern "C" {
char* optarg;
int optind = 1, opterr = 1, optopt = '?';
}

namespace {

enum class Order { permute, stop_at_first, in_turn };

struct LongNames {
    const option* options = nullptr;
    int* index = nullptr;
    bool single_dash = false; // getopt_long_only()
};

constexpr int none = -1, unknown = '?', missing = ':', word = 1;

// What is kept from one call to the next: words [first, last) are no options and were passed over.
struct {
    bool begun = false;
    Order order = Order::permute;
    char* rest = nullptr; // of the word whose short options are being read
    int first = 1, last = 1;
} state;

class Reader {
public:
    Reader(int count, char* const* words, const char* shorts, const LongNames& longs)
        : count_(count), words_(const_cast<char**>(words)), shorts_(shorts), longs_(longs)
    {
    }
    int next();

private:
    void begin();
    int next_word();
    int short_option();
    int argument_in_next_word(char letter);
    int long_option(const char* prefix);
    int chosen(const option& found, char* value, const char* prefix);
    const option* by_name(size_t length, bool& ambiguous) const;
    void list_candidates(size_t length, const char* prefix) const;
    bool differ(const option& one, const option& other) const;
    bool is_word(int index) const { return words_[index][0] != '-' || words_[index][1] == '\0'; }
    void move_passed_words_behind();
    const char* program() const { return words_[0]; }
    bool tells() const { return opterr && shorts_[0] != ':'; }
    int missing_argument() const { return shorts_[0] == ':' ? missing : unknown; }

    int count_;
    char** words_;
    const char* shorts_;
    const LongNames& longs_;
};

void Reader::begin()
{
    if (optind == 0)
        optind = 1;
    state = {true, Order::permute, nullptr, optind, optind};
    if (*shorts_ == '-')
        state.order = Order::in_turn;
    else if (*shorts_ == '+' || getenv("POSIXLY_CORRECT"))
        state.order = Order::stop_at_first;
}

void reverse(char** from, char** to)
{
    while (from < to) {
        char* word = *from;
        *from++ = *--to;
        *to = word;
    }
}

// [first, last) and the options in [last, optind) change places; each keeps its order.
void Reader::move_passed_words_behind()
{
    reverse(words_ + state.first, words_ + state.last);
    reverse(words_ + state.last, words_ + optind);
    reverse(words_ + state.first, words_ + optind);
    state.first += optind - state.last;
    state.last = optind;
}

// Goes to the next word to read. none: there is no more; word: here it is, in optarg; 0: it is an option.
int Reader::next_word()
{
    // The program may have set optind.
    if (state.last > optind)
        state.last = optind;
    if (state.first > optind)
        state.first = optind;
    if (state.order == Order::permute) {
        if (state.first != state.last && state.last != optind)
            move_passed_words_behind();
        else if (state.last != optind)
            state.first = optind;
        while (optind < count_ && is_word(optind))
            optind++;
        state.last = optind;
    }
    if (optind != count_ && strcmp(words_[optind], "--") == 0) {
        optind++;
        if (state.first != state.last && state.last != optind)
            move_passed_words_behind();
        else if (state.first == state.last)
            state.first = optind;
        state.last = optind = count_;
    }
    if (optind == count_) {
        if (state.first != state.last)
            optind = state.first;
        return none;
    }
    if (!is_word(optind))
        return 0;
    if (state.order == Order::stop_at_first)
        return none;
    optarg = words_[optind++];
    return word;
}

int Reader::next()
{
    if (count_ < 1)
        return none;
    optarg = nullptr;
    if (optind == 0 || !state.begun)
        begin();
    if (*shorts_ == '-' || *shorts_ == '+')
        shorts_++;
    if (state.rest && *state.rest)
        return short_option();
    if (int answer = next_word())
        return answer;
    char* option = words_[optind];
    if (longs_.options && option[1] == '-') {
        state.rest = option + 2;
        return long_option("--");
    }
    state.rest = option + 1;
    if (longs_.options && longs_.single_dash && (option[2] || !strchr(shorts_, option[1])))
        if (int answer = long_option("-"); answer != none)
            return answer;
    return short_option();
}

// -x: its argument is the rest of the word, or the next one.
int Reader::short_option()
{
    char letter = *state.rest++;
    const char* known = strchr(shorts_, letter);
    if (!*state.rest)
        optind++;
    if (!known || letter == ':' || letter == ';') {
        if (tells())
            fprintf(stderr, "%s: invalid option -- '%c'\n", program(), letter);
        optopt = letter;
        return unknown;
    }
    bool long_follows = known[1] == ';' && letter == 'W' && longs_.options;
    if (known[1] != ':' && !long_follows)
        return letter;
    if (*state.rest) {
        optarg = state.rest;
        if (!long_follows)
            optind++;
    } else if (long_follows || known[2] != ':') {
        if (optind == count_)
            return argument_in_next_word(letter);
        optarg = words_[optind];
        if (!long_follows)
            optind++;
    }
    state.rest = nullptr;
    if (!long_follows)
        return letter;
    state.rest = optarg;
    optarg = nullptr;
    return long_option("-W ");
}

int Reader::argument_in_next_word(char letter)
{
    if (tells())
        fprintf(stderr, "%s: option requires an argument -- '%c'\n", program(), letter);
    optopt = letter;
    state.rest = nullptr;
    return missing_argument();
}

bool Reader::differ(const option& one, const option& other) const
{
    return longs_.single_dash || one.has_arg != other.has_arg || one.flag != other.flag || one.val != other.val;
}

// The one of that name, or the only one that begins so. Several that do are one if they mean the same.
const option* Reader::by_name(size_t length, bool& ambiguous) const
{
    const option* found = nullptr;
    for (const option* one = longs_.options; one->name; one++)
        if (strncmp(one->name, state.rest, length) == 0 && strlen(one->name) == length)
            return one;
    for (const option* one = longs_.options; one->name; one++) {
        if (strncmp(one->name, state.rest, length) != 0)
            continue;
        if (!found)
            found = one;
        else if (differ(*found, *one))
            ambiguous = true;
    }
    return found;
}

void Reader::list_candidates(size_t length, const char* prefix) const
{
    const option* first = nullptr;
    fprintf(stderr, "%s: option '%s%s' is ambiguous; possibilities:", program(), prefix, state.rest);
    for (const option* one = longs_.options; one->name; one++) {
        if (strncmp(one->name, state.rest, length) != 0 || (first && !differ(*first, *one)))
            continue;
        if (!first)
            first = one;
        fprintf(stderr, " '%s%s'", prefix, one->name);
    }
    fputc('\n', stderr);
}

// `rest` is the name, perhaps with =value. none: -x of getopt_long_only() is no long option.
int Reader::long_option(const char* prefix)
{
    size_t length = strcspn(state.rest, "=");
    bool ambiguous = false;
    const option* found = by_name(length, ambiguous);
    if (found && !ambiguous)
        return chosen(*found, state.rest[length] ? state.rest + length + 1 : nullptr, prefix);
    if (!found && longs_.single_dash && words_[optind][1] != '-' && strchr(shorts_, *state.rest))
        return none;
    if (tells() && ambiguous)
        list_candidates(length, prefix);
    else if (tells())
        fprintf(stderr, "%s: unrecognized option '%s%s'\n", program(), prefix, state.rest);
    state.rest = nullptr;
    optind++;
    optopt = 0;
    return unknown;
}

int Reader::chosen(const option& found, char* value, const char* prefix)
{
    state.rest = nullptr;
    optind++;
    if (value && found.has_arg == no_argument) {
        if (tells())
            fprintf(stderr, "%s: option '%s%s' doesn't allow an argument\n", program(), prefix, found.name);
        optopt = found.val;
        return unknown;
    }
    if (!value && found.has_arg == required_argument) {
        if (optind >= count_) {
            if (tells())
                fprintf(stderr, "%s: option '%s%s' requires an argument\n", program(), prefix, found.name);
            optopt = found.val;
            return missing_argument();
        }
        value = words_[optind++];
    }
    optarg = value;
    if (longs_.index)
        *longs_.index = static_cast<int>(&found - longs_.options);
    if (!found.flag)
        return found.val;
    *found.flag = found.val;
    return 0;
}

}

extern "C" {

int getopt(int count, char* const* words, const char* shorts)
{
    return Reader(count, words, shorts, {}).next();
}

int getopt_long(int count, char* const* words, const char* shorts, const option* longs, int* index)
{
    return Reader(count, words, shorts, {longs, index, false}).next();
}

// The value of one that is not known is all of it.
int getsubopt(char** rest, char* const* names, char** value)
{
    char* option = *rest;
    char* end = strchrnul(option, ',');
    *rest = *end ? end + 1 : end;
    *end = '\0';
    size_t length = strcspn(option, "=");
    for (int i = 0; names[i]; i++) {
        if (strncmp(names[i], option, length) != 0 || names[i][length] != '\0')
            continue;
        *value = option[length] ? option + length + 1 : nullptr;
        return i;
    }
    *value = option;
    return -1;
}

int getopt_long_only(int count, char* const* words, const char* shorts, const option* longs, int* index)
{
    return Reader(count, words, shorts, {longs, index, true}).next();
}

}
