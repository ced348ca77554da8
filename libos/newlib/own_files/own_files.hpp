// SPDX-License-Identifier: MIT
// Files of /proc and /sys that would tell of the node, or of the proxy, where they should tell of the isle.
#pragma once

#include "own_files/names.hpp"
#include "own_files/tables.hpp"

struct stat;

namespace libos {

// What a path means. `folder`: a descriptor that it is relative to, or AT_FDCWD. Looked at for nothing else than /proc and /sys.
class OwnName {
public:
    enum Kind {
        none,     // Linux's
        contents, // Linux's, but for what it says
        file,     // ours, whether Linux has it or not
        folder,   // the same
        absent,   // not there, whether Linux has it or not
        program,  // stands for the program's own file: target()
    };

    OwnName(int folder, const char* path)
    {
        if (path && may_be_own(path))
            find(folder, path);
    }

    Kind kind() const { return kind_; }
    bool ours() const { return kind_ == file || kind_ == OwnName::folder || kind_ == absent; }
    const char* name() const { return name_; } // absolute
    static const char* target();

    // Of a file or contents. A descriptor to read from, or -1: better Linux's than none.
    int open(bool close_on_exec) const;
    // Of a folder: Linux's, or another in its place if it has none. Flags are Linux's.
    int open_folder(int64_t linux_flags, bool& linux_has) const;
    // These three of a name that is ours(); -1 with errno set, or 0.
    int status(struct stat& status) const;
    int check_access(int mode) const;
    int refuse_link() const; // it is no symbolic link

private:
    static bool may_be_own(const char* path)
    {
        const char* first = *path == '/' ? path + 1 : path;
        return *first == 'p' || *first == 's' || *first == '/' || *first == '.';
    }
    void find(int folder, const char* path);
    void find_plain();
    void find_file();

    Kind kind_ = none;
    bool (*write_contents_)(Text&) = nullptr;
    void (*write_)(Text&, uint32_t) = nullptr;
    uint32_t number_ = 0;
    char name_[longest_own_name];
};

// What is in a folder of ours, one after the other; `index` counts up from 0. Null: no more.
const char* next_own_entry(const char* folder, unsigned& index, char (&name)[longest_own_name], bool& is_folder);

}
