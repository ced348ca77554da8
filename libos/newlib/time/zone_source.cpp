// SPDX-License-Identifier: MIT
// From TZ to a zone as glibc goes: a file of zoneinfo, or a rule; without TZ the machine's own zone, which is a file, too.
#include "time/zone_source.hpp"

#include "time/zone_file.hpp"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

extern "C" {
char* _tzname[2];
long _timezone;
int _daylight;
extern long timezone __attribute__((alias("_timezone")));
extern int daylight __attribute__((alias("_daylight")));
}

using namespace libos;

namespace {

constexpr char machine_zone[] = "/etc/localtime";
constexpr size_t longest_path = 1024;

struct Zone {
    bool known;
    char source[longest_path]; // TZ's value, or the machine's zone
    uint8_t* bytes;            // of the file, if it is one
    ZoneFile file;
    ZoneRule rule;
};
Zone zone;

struct Name {
    Name* next;
    char text[ZoneRule::longest_name + 1];
};

// Programs keep tm_zone and tzname for as long as they like. A zone has few names.
const char* keep(const char* text)
{
    static Name* names;
    for (Name* name = names; name; name = name->next)
        if (strncmp(name->text, text, sizeof name->text - 1) == 0)
            return name->text;
    auto* name = static_cast<Name*>(calloc(1, sizeof(Name)));
    if (!name)
        return "";
    strncpy(name->text, text, sizeof name->text - 1);
    name->next = names;
    names = name;
    return name->text;
}

// A whole file, or null. No zone is larger by far.
uint8_t* read_file(const char* path, size_t& size)
{
    constexpr size_t room = 262144;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return nullptr;
    auto* bytes = static_cast<uint8_t*>(malloc(room));
    size = 0;
    ssize_t got = bytes ? 1 : 0;
    while (got > 0 && size < room) {
        got = read(file, bytes + size, room - size);
        size += got > 0 ? static_cast<size_t>(got) : 0;
    }
    close(file);
    if (!bytes || got < 0 || size == room) {
        free(bytes);
        return nullptr;
    }
    return static_cast<uint8_t*>(realloc(bytes, size ? size : 1));
}

bool path_of_zone(const char* name, char (&path)[longest_path])
{
    const char* folder = getenv("TZDIR");
    if (!folder || !*folder)
        folder = "/usr/share/zoneinfo";
    bool absolute = name[0] == '/';
    if ((absolute ? 0 : strlen(folder) + 1) + strlen(name) >= sizeof path)
        return false;
    path[0] = '\0';
    if (!absolute) {
        strcpy(path, folder);
        strcat(path, "/");
    }
    strcat(path, name);
    return true;
}

bool load_file(const char* name)
{
    char path[longest_path];
    size_t size;
    uint8_t* bytes = path_of_zone(name, path) ? read_file(path, size) : nullptr;
    if (!bytes)
        return false;
    if (!read_zone_file(bytes, size, zone.file)) {
        free(bytes);
        return false;
    }
    zone.bytes = bytes;
    return true;
}

void load(const char* source)
{
    free(zone.bytes);
    zone.bytes = nullptr;
    zone.rule = {};
    bool is_machine = strcmp(source, machine_zone) == 0;
    if (*source == ':')
        source++;
    if (!*source)
        source = "Universal";
    if (load_file(source))
        return;
    read_zone_rule(is_machine || strcmp(source, "Universal") == 0 ? "UTC0" : source, zone.rule);
}

void publish()
{
    UsualPeriods usual = zone.bytes ? usual_periods(zone.file) : usual_periods(zone.rule);
    _tzname[0] = const_cast<char*>(keep(usual.standard.name));
    _tzname[1] = const_cast<char*>(keep(usual.daylight.name));
    _timezone = -usual.standard.offset;
    _daylight = usual.standard.offset != usual.daylight.offset;
}

}

namespace libos {

void follow_zone()
{
    const char* source = getenv("TZ");
    if (!source)
        source = machine_zone;
    if (zone.known && strncmp(zone.source, source, sizeof zone.source - 1) == 0)
        return;
    int error = errno;
    load(source);
    publish();
    strncpy(zone.source, source, sizeof zone.source - 1);
    zone.known = true;
    errno = error;
}

Period period_of_zone(int64_t time)
{
    Period period = zone.bytes ? period_at(zone.file, time) : period_at(zone.rule, time);
    period.name = keep(period.name);
    return period;
}

}
