// SPDX-License-Identifier: MIT
// Users and groups, from /etc/passwd and /etc/group: no other source of names.
#include <errno.h>
#include <grp.h>
#include <kernel/process.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

namespace {

constexpr size_t longest_line = 1024;
constexpr int most_members = 256;

// The text up to the next separator, which is cut off.
char* field(char*& rest, char separator)
{
    char* begin = rest;
    char* end = strchr(rest, separator);
    if (end) {
        *end = '\0';
        rest = end + 1;
    } else {
        rest += strlen(rest);
    }
    return begin;
}

bool parse(char* line, passwd& user, char**)
{
    user.pw_name = field(line, ':');
    user.pw_passwd = field(line, ':');
    char* uid = field(line, ':');
    char* gid = field(line, ':');
    user.pw_uid = static_cast<uid_t>(strtoul(uid, nullptr, 10));
    user.pw_gid = static_cast<gid_t>(strtoul(gid, nullptr, 10));
    user.pw_gecos = user.pw_comment = field(line, ':');
    user.pw_dir = field(line, ':');
    user.pw_shell = line;
    return *uid && *gid;
}

bool parse(char* line, group& group, char** members)
{
    group.gr_name = field(line, ':');
    group.gr_passwd = field(line, ':');
    char* gid = field(line, ':');
    group.gr_gid = static_cast<gid_t>(strtoul(gid, nullptr, 10));
    int count = 0;
    while (*line && count < most_members)
        members[count++] = field(line, ',');
    members[count] = nullptr;
    group.gr_mem = members;
    return *gid;
}

const char* name_of(const passwd& user)
{
    return user.pw_name;
}
const char* name_of(const group& group)
{
    return group.gr_name;
}
uint32_t number_of(const passwd& user)
{
    return user.pw_uid;
}
uint32_t number_of(const group& group)
{
    return group.gr_gid;
}

bool has_members(const passwd&)
{
    return false;
}
bool has_members(const group&)
{
    return true;
}
const char* path_of(const passwd&)
{
    return "/etc/passwd";
}
const char* path_of(const group&)
{
    return "/etc/group";
}

// One line at a time; an entry's strings live in the line.
template <typename Entry>
bool next(FILE* file, Entry& entry, char* line, size_t size, char** members)
{
    while (fgets(line, static_cast<int>(size), file)) {
        line[strcspn(line, "\n")] = '\0';
        if (parse(line, entry, members))
            return true;
    }
    return false;
}

template <typename Entry>
bool find(const char* name, uint32_t number, Entry& entry, char* line, size_t size, char** members)
{
    FILE* file = fopen(path_of(entry), "re");
    if (!file)
        return false;
    bool found = false;
    while (!found && next(file, entry, line, size, members))
        found = name ? strcmp(name_of(entry), name) == 0 : number_of(entry) == number;
    fclose(file);
    return found;
}

// The caller's buffer holds the member list (groups), then the line.
template <typename Entry>
int find_into(const char* name, uint32_t number, Entry* entry, char* buffer, size_t size, Entry** result)
{
    constexpr size_t list = (most_members + 1) * sizeof(char*);
    size_t reserved = has_members(*entry) ? list : 0;
    *result = nullptr;
    if (size < reserved + longest_line)
        return ERANGE;
    if (find(name, number, *entry, buffer + reserved, longest_line, reinterpret_cast<char**>(buffer)))
        *result = entry;
    return 0;
}

// The functions without _r and the ones that enumerate.
template <typename Entry>
struct Enumeration {
    Entry entry;
    char line[longest_line];
    char* members[most_members + 1];
    FILE* file;

    Entry* search(const char* name, uint32_t number)
    {
        return find(name, number, entry, line, sizeof line, members) ? &entry : nullptr;
    }
    Entry* advance()
    {
        if (!file)
            file = fopen(path_of(entry), "re");
        return file && next(file, entry, line, sizeof line, members) ? &entry : nullptr;
    }
    void stop()
    {
        if (file)
            fclose(file);
        file = nullptr;
    }
};
Enumeration<passwd> users;
Enumeration<group> groups;

}

extern "C" {

passwd* getpwuid(uid_t uid)
{
    return users.search(nullptr, uid);
}

passwd* getpwnam(const char* name)
{
    return users.search(name, 0);
}

int getpwuid_r(uid_t uid, passwd* entry, char* buffer, size_t size, passwd** result)
{
    return find_into(nullptr, uid, entry, buffer, size, result);
}

int getpwnam_r(const char* name, passwd* entry, char* buffer, size_t size, passwd** result)
{
    return find_into(name, 0, entry, buffer, size, result);
}

passwd* getpwent()
{
    return users.advance();
}

void setpwent()
{
    users.stop();
}

void endpwent()
{
    users.stop();
}

group* getgrgid(gid_t gid)
{
    return groups.search(nullptr, gid);
}

group* getgrnam(const char* name)
{
    return groups.search(name, 0);
}

int getgrgid_r(gid_t gid, group* entry, char* buffer, size_t size, group** result)
{
    return find_into(nullptr, gid, entry, buffer, size, result);
}

int getgrnam_r(const char* name, group* entry, char* buffer, size_t size, group** result)
{
    return find_into(name, 0, entry, buffer, size, result);
}

group* getgrent()
{
    return groups.advance();
}

void setgrent()
{
    groups.stop();
}

void endgrent()
{
    groups.stop();
}

int getlogin_r(char* name, size_t size)
{
    passwd entry, *found;
    char buffer[longest_line];
    int error = getpwuid_r(getuid(), &entry, buffer, sizeof buffer, &found);
    if (error || !found)
        return error ? error : ENOENT;
    if (strlen(found->pw_name) >= size)
        return ERANGE;
    strcpy(name, found->pw_name);
    return 0;
}

char* getlogin()
{
    static char name[256];
    int error = getlogin_r(name, sizeof name);
    if (error == 0)
        return name;
    errno = error;
    return nullptr;
}

}
