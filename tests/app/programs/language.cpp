// SPDX-License-Identifier: MIT
// C++20's language and library in one thread: coroutines, ranges, containers, streams, chrono, files, regular expressions.
#include <algorithm>
#include <chrono>
#include <coroutine>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <memory_resource>
#include <numeric>
#include <random>
#include <ranges>
#include <regex>
#include <span>
#include <sstream>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace {

struct Generator {
    struct promise_type {
        int value = 0;
        Generator get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_never initial_suspend() { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(int next)
        {
            value = next;
            return {};
        }
        void return_void() {}
        void unhandled_exception() { throw; }
    };
    std::coroutine_handle<promise_type> handle;
};

Generator squares()
{
    for (int i = 1;; i++)
        co_yield i * i;
}

void language()
{
    Generator generator = squares();
    for (int i = 0; i < 4; i++) {
        std::cout << generator.handle.promise().value << ' ';
        generator.handle.resume();
    }
    generator.handle.destroy();
    for (int n : std::views::iota(1, 20) | std::views::filter([](int n) { return n % 3 == 0; }) | std::views::reverse)
        std::cout << n << ' ';
    std::variant<int, std::string> either = std::string("text");
    std::cout << std::visit([](const auto& value) { return (std::ostringstream() << value).str(); }, either) << '\n';
}

void library()
{
    std::map<std::string, std::vector<int>> table{{"b", {3, 1, 2}}, {"a", {}}};
    std::ranges::sort(table["b"]);
    for (const auto& [name, values] : table)
        std::cout << name << ':' << std::accumulate(values.begin(), values.end(), 0) << ' ';
    std::mt19937_64 random(42);
    std::cout << random() << ' ' << std::regex_replace("one two", std::regex("(\\w+) (\\w+)"), "$2 $1") << '\n';
    std::cout << std::fixed << std::setprecision(20) << 1.0L / 3 << ' ' << std::hexfloat << 0.1 << std::defaultfloat << ' '
              << std::stold("1e-4000") << '\n';
    using namespace std::chrono;
    std::cout << sys_days(year(2024) / 2 / 29).time_since_epoch().count() << ' ' << duration_cast<minutes>(hours(3) + 90s).count() << '\n';
    std::wcout << L"wide " << std::setw(6) << 42 << std::endl;
}

void files()
{
    namespace fs = std::filesystem;
    fs::create_directories("one/two");
    std::ofstream("one/file") << "line\nlast\n";
    fs::copy("one/file", "one/two/copy");
    fs::create_symlink("file", "one/link");
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator("one"))
        names.push_back(entry.path().string() + (entry.is_symlink() ? "@" : entry.is_directory() ? "/" : ""));
    std::ranges::sort(names);
    for (const auto& name : names)
        std::cout << name << ' ';
    std::ifstream in("one/two/copy");
    std::string text((std::istreambuf_iterator<char>(in)), {});
    std::cout << text.size() << ' ' << fs::file_size("one/link") << ' ' << fs::read_symlink("one/link") << '\n';
    std::error_code error;
    fs::remove("one", error);
    std::cout << error.message() << ' ' << fs::remove_all("one") << ' ' << fs::exists("one") << '\n';
}

}

int main()
{
    language();
    library();
    files();
}
