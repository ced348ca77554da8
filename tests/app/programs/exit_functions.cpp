// SPDX-License-Identifier: MIT
// What is to be done at exit, much of it: functions of atexit() and objects whose lives end then, the last first.
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace {

int ended = 0;

struct Object {
    explicit Object(int number) : number_(number) {}
    ~Object()
    {
        if (ended++ % 25 == 0)
            std::printf("object %d\n", number_);
    }
    int number_;
};

template<int number>
Object& object()
{
    static Object made(number);
    return made;
}

template<int... numbers>
int make(std::integer_sequence<int, numbers...>)
{
    return (object<numbers>().number_ + ...);
}

int called = 0;

void at_exit()
{
    if (called++ % 50 == 0)
        std::printf("function %d\n", called);
}

}

int main()
{
    std::atexit([] { std::printf("%d functions, %d objects\n", called, ended); });
    std::printf("%d\n", make(std::make_integer_sequence<int, 100>()));
    for (int i = 0; i < 200; i++)
        if (std::atexit(at_exit) != 0)
            std::printf("no room for function %d\n", i);
}
