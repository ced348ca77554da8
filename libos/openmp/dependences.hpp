// SPDX-License-Identifier: MIT
// gcc's list of a task's dependences, for LLVM's runtime. [gcc/12 libgomp/task.c: gomp_task_handle_depend]
#pragma once

#include "kmpc.hpp"

namespace libos::openmp {

// [count, outs, addresses...] with the outs first, or [0, count, outs, mutexinoutsets, ins, addresses..., objects...].
class Dependences {
public:
    explicit Dependences(void** list) : list_(list)
    {
        if (!list)
            return;
        if (word(0)) {
            count_ = word(0);
            outs_ = word(1);
            ins_ = count_ - outs_;
            first_ = 2;
        } else {
            count_ = word(1);
            outs_ = word(2);
            mutexinoutsets_ = word(3);
            ins_ = word(4);
            first_ = 5;
        }
    }
    size_t count() const { return count_; }
    kmp_depend_info_t operator[](size_t i) const
    {
        void* address = list_[first_ + i];
        if (i < outs_)
            return about(address, depends_out);
        if (i < outs_ + mutexinoutsets_)
            return about(address, depends_mutexinoutset);
        if (i < outs_ + mutexinoutsets_ + ins_)
            return about(address, depends_in);
        void** object = static_cast<void**>(address); // omp_depend_t: address and kind
        constexpr uintptr_t in = 1, mutexinoutset = 4;
        auto kind = reinterpret_cast<uintptr_t>(object[1]);
        return about(object[0], kind == in ? depends_in : kind == mutexinoutset ? depends_mutexinoutset : depends_out);
    }

private:
    size_t word(size_t i) const { return reinterpret_cast<size_t>(list_[i]); }
    static kmp_depend_info_t about(void* address, uint8_t kinds) { return {reinterpret_cast<intptr_t>(address), 0, kinds}; }

    void** list_;
    size_t count_ = 0, outs_ = 0, mutexinoutsets_ = 0, ins_ = 0, first_ = 0;
};

}
