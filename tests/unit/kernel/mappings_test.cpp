// SPDX-License-Identifier: MIT
// Mappings: made, cut up, protected and given back in any part, against what Linux answers; free pages can always be written.
#include "memory/mappings.hpp"

#include "memory_host.hpp"

#include <skellig/address.h>

#include <gtest/gtest.h>

#include <cerrno>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

using skl::all;
using skl::fill;
using skl::Mappings;
using skl::page_size;

constexpr std::uint32_t none = 0, read_only = SKL_RIGHT_READ, usual = SKL_RIGHT_READ | SKL_RIGHT_WRITE, code = SKL_RIGHT_READ | SKL_RIGHT_EXECUTE;

struct MappingsTest : testing::Test, skl::MemoryHost {
    Mappings& mappings = memory.mappings;

    std::uint64_t map(std::uint64_t count, std::uint32_t rights = usual, Mappings::Mark kind = 0)
    {
        std::int64_t address = mappings.map(count * page_size, page_size, rights, kind);
        EXPECT_GT(address, 0);
        return static_cast<std::uint64_t>(address);
    }
    int unmap(std::uint64_t address, std::uint64_t count = 1) { return mappings.unmap(address, count * page_size); }
    int protect(std::uint64_t address, std::uint64_t count, std::uint32_t rights) { return mappings.protect(address, count * page_size, rights); }
    std::uint64_t free_pages() { return memory.free_bytes() / page_size; }
    void expect_all_back()
    {
        EXPECT_EQ(free_pages(), pages);
        auto whole = memory.allocate(pages * page_size, page_size);
        ASSERT_TRUE(whole) << "in pieces";
        EXPECT_TRUE(all(*whole, pages * page_size, 0));
    }
};
using MappingsThreaded = MappingsTest;

TEST_F(MappingsTest, MapsZeroPagesWithoutAMonitorCall)
{
    std::uint64_t address = map(3);
    EXPECT_TRUE(all(address, 3 * page_size, 0));
    fill(address, 3 * page_size, 1);
    EXPECT_EQ(unmap(address, 3), 0);
    EXPECT_EQ(protects, 0);
    expect_all_back();
}

TEST_F(MappingsTest, OtherRightsAreTheMonitorsBusiness)
{
    std::uint64_t address = map(7, read_only);
    EXPECT_EQ(protects, 3) << "three pages at a time";
    EXPECT_EQ(unmap(address, 7), 0);
    EXPECT_EQ(protects, 6) << "writable before it is free";
    expect_all_back();
}

TEST_F(MappingsTest, GivesBackPagesThatNobodyMayTouch)
{
    std::uint64_t address = map(4);
    fill(address, 4 * page_size, 1);
    EXPECT_EQ(protect(address + page_size, 2, none), 0);
    EXPECT_EQ(unmap(address, 4), 0);
    expect_all_back();
}

TEST_F(MappingsTest, GivesBackFromTheMiddle)
{
    std::uint64_t address = map(6);
    EXPECT_EQ(unmap(address + 2 * page_size, 2), 0);
    EXPECT_EQ(free_pages(), pages - 4);
    EXPECT_EQ(unmap(address + page_size, 4), 0) << "holes do not matter";
    EXPECT_EQ(free_pages(), pages - 2);
    EXPECT_EQ(unmap(address, 6), 0);
    EXPECT_EQ(unmap(address, 6), 0) << "nor does twice";
    expect_all_back();
}

TEST_F(MappingsTest, DoesNotGiveBackWhatIsNotAMapping)
{
    auto others = memory.allocate(page_size, page_size);
    std::uint64_t address = map(2);
    ASSERT_EQ(address + 2 * page_size, *others);
    EXPECT_EQ(unmap(address, 3), -EINVAL);
    EXPECT_EQ(free_pages(), pages - 3) << "nothing is changed";
    EXPECT_EQ(unmap(SKL_IMAGE_BASE), -EINVAL);
    EXPECT_EQ(mappings.unmap(SKL_PUBLIC_BASE, page_size), 0) << "nothing there";
    EXPECT_EQ(mappings.unmap(SKL_IMAGE_MAX, page_size), 0);
}

TEST_F(MappingsTest, ProtectsUpToTheFirstHole)
{
    std::uint64_t address = map(4);
    unmap(address + 2 * page_size);
    EXPECT_EQ(protect(address, 4, read_only), -ENOMEM);
    Mappings::Mark kind;
    EXPECT_EQ(mappings.rights_of(address, 2 * page_size, kind), static_cast<int>(read_only));
    EXPECT_EQ(mappings.rights_of(address + 3 * page_size, page_size, kind), static_cast<int>(usual));
    EXPECT_EQ(protect(address, 0, read_only), 0);
}

TEST_F(MappingsTest, FreePagesStayWritable)
{
    EXPECT_EQ(protect(at(3), 1, none), -ENOMEM);
    EXPECT_EQ(protects, 0);
    fill(at(3) + 100, 100, 0);
}

TEST_F(MappingsTest, ProtectsWhatIsTakenBesideMappings)
{
    auto others = memory.allocate(2 * page_size, page_size);
    EXPECT_EQ(protect(*others, 2, read_only), 0);
    EXPECT_EQ(protect(*others, 2, usual), 0);
    EXPECT_EQ(protects, 2);
}

TEST_F(MappingsTest, ChangesNothingThatIsSoAlready)
{
    std::uint64_t address = map(2);
    EXPECT_EQ(protect(address, 2, usual), 0);
    EXPECT_EQ(protects, 0);
    EXPECT_EQ(protect(address, 2, code), 0);
    EXPECT_EQ(protect(address, 2, usual), 0);
    EXPECT_EQ(protects, 2);
}

TEST_F(MappingsTest, SnapshotsNeverBecomeWritable)
{
    std::uint64_t address = map(2, usual, Mappings::of_file | Mappings::never_writable);
    EXPECT_EQ(protect(address, 2, read_only), 0);
    EXPECT_EQ(protect(address, 1, usual), -EACCES);
    EXPECT_EQ(protect(address, 2, none), 0);
    EXPECT_EQ(protect(address + page_size, 1, usual), -EACCES) << "not on the way through other rights either";
    EXPECT_EQ(unmap(address, 2), 0);
    expect_all_back();
}

TEST_F(MappingsTest, ExactlyThereOrNotAtAll)
{
    std::uint64_t address = map(2);
    EXPECT_EQ(mappings.map_at(address - page_size, 2 * page_size, usual, 0), -EEXIST);
    EXPECT_EQ(mappings.map_at(address - page_size, page_size, usual, 0), static_cast<std::int64_t>(address - page_size));
    EXPECT_EQ(mappings.map_at(base - page_size, page_size, usual, 0), -ENOMEM);
    EXPECT_EQ(mappings.map_at(at(pages), 2 * page_size, usual, 0), -ENOMEM);
}

TEST_F(MappingsTest, TakesThePlaceOfMappingsAndOfNothing)
{
    std::uint64_t address = map(4);
    fill(address, 4 * page_size, 1);
    protect(address + page_size, 1, none);
    unmap(address + 2 * page_size);
    EXPECT_EQ(mappings.map_over(address, 3 * page_size, usual, 0), static_cast<std::int64_t>(address));
    EXPECT_TRUE(all(address, 3 * page_size, 0));
    EXPECT_TRUE(all(address + 3 * page_size, page_size, 1));
    EXPECT_EQ(free_pages(), pages - 4);
    EXPECT_EQ(unmap(address, 4), 0);
    expect_all_back();
}

TEST_F(MappingsTest, NeverTakesThePlaceOfOthers)
{
    auto others = memory.allocate(page_size, page_size);
    std::uint64_t address = map(3);
    fill(address, 3 * page_size, 1);
    unmap(address + page_size);
    EXPECT_EQ(mappings.map_over(address, 4 * page_size, none, 0), -ENOMEM);
    EXPECT_EQ(free_pages(), pages - 3) << "what it had taken is free again";
    EXPECT_TRUE(all(address, page_size, 1) && all(address + 2 * page_size, page_size, 1));
    EXPECT_EQ(unmap(address, 3), 0);
    memory.release(*others, page_size);
    expect_all_back();
}

TEST_F(MappingsTest, WithoutTablesItStaysAsItWas)
{
    std::uint64_t address = map(3);
    no_tables = true;
    EXPECT_EQ(mappings.map(2 * page_size, page_size, read_only, 0), -ENOMEM);
    EXPECT_EQ(protect(address, 1, none), -ENOMEM);
    EXPECT_EQ(mappings.map_over(address - page_size, 3 * page_size, usual, 0), -ENOMEM) << "its first page may have lost its rights";
    EXPECT_EQ(unmap(address, 3), -ENOMEM);
    no_tables = false;
    EXPECT_EQ(unmap(address, 3), 0);
}

TEST_F(MappingsTest, ForgetsContentsAndKeepsRights)
{
    std::uint64_t address = map(5);
    fill(address, 5 * page_size, 1);
    protect(address + page_size, 1, read_only);
    protect(address + 2 * page_size, 1, none);
    EXPECT_EQ(mappings.forget(address, 4 * page_size), 0);
    EXPECT_TRUE(all(address, 2 * page_size, 0) && all(address + 3 * page_size, page_size, 0));
    EXPECT_TRUE(all(address + 4 * page_size, page_size, 1));
    EXPECT_DEATH(fill(address + page_size, 1, 1), "");
    EXPECT_DEATH(all(address + 2 * page_size, 1, 0), "");
    protect(address + 2 * page_size, 1, read_only);
    EXPECT_TRUE(all(address + 2 * page_size, page_size, 0));
    unmap(address + 4 * page_size);
    EXPECT_EQ(mappings.forget(address, 5 * page_size), -ENOMEM);
}

TEST_F(MappingsTest, DoesNotForgetFiles)
{
    std::uint64_t address = map(2, usual, Mappings::of_file);
    fill(address, 2 * page_size, 1);
    EXPECT_EQ(mappings.forget(address, 2 * page_size), 0);
    EXPECT_TRUE(all(address, 2 * page_size, 1));
}

TEST_F(MappingsTest, KnowsWhatIsThere)
{
    auto others = memory.allocate(page_size, page_size);
    std::uint64_t address = map(3);
    EXPECT_TRUE(mappings.present(address, 4 * page_size)) << "others' pages are there as well";
    EXPECT_FALSE(mappings.present(address - page_size, 2 * page_size));
    unmap(address + page_size);
    EXPECT_FALSE(mappings.present(address, 3 * page_size));
    EXPECT_TRUE(mappings.present(address + 2 * page_size, page_size));
    EXPECT_FALSE(mappings.present(SKL_PUBLIC_BASE, page_size));
    Mappings::Mark kind;
    EXPECT_EQ(mappings.rights_of(address, 3 * page_size, kind), -EFAULT);
    EXPECT_EQ(mappings.rights_of(*others, page_size, kind), -EFAULT);
}

TEST_F(MappingsTest, ListsWhatIsTaken)
{
    auto others = memory.allocate(2 * page_size, page_size);
    std::uint64_t address = map(4);
    ASSERT_EQ(address + 4 * page_size, *others);
    protect(address + page_size, 1, read_only);
    unmap(address + 2 * page_size);
    memory.move_heap(page_size);
    std::string list;
    for (auto taken = mappings.next(0); taken; taken = mappings.next(taken->address + taken->size))
        list += std::to_string((taken->address - base) / page_size) + "+" + std::to_string(taken->size / page_size) + (taken->is_mapped ? "m" : "o") +
                std::to_string(taken->rights) + " ";
    EXPECT_EQ(list, "0+1o3 58+1m3 59+1m1 61+1m3 62+3o3 ") << "the last page holds the marks";
    EXPECT_EQ(mappings.next(address + page_size + 1)->address, address + page_size) << "the page that it is in";
    EXPECT_EQ(mappings.next(address + 2 * page_size)->address, address + 3 * page_size);
    EXPECT_FALSE(mappings.next(at(pages + 1)));
}

TEST_F(MappingsTest, NotesTheRightsOfOthersPages)
{
    auto others = memory.allocate(3 * page_size, page_size);
    fill(*others, 3 * page_size, 1);
    EXPECT_EQ(protect(*others + page_size, 1, none), 0);
    EXPECT_EQ(mappings.next(*others)->size, page_size);
    EXPECT_EQ(mappings.next(*others + page_size)->rights, none);
    EXPECT_EQ(mappings.next(*others + 2 * page_size)->rights, usual);
    EXPECT_EQ(mappings.forget(*others, 2 * page_size), 0);
    EXPECT_TRUE(all(*others, page_size, 0));
    EXPECT_DEATH(all(*others + page_size, 1, 0), "") << "forgetting keeps rights";
    EXPECT_EQ(unmap(*others + page_size), -EINVAL) << "and it is no mapping for that";
    EXPECT_EQ(protect(*others, 3, usual), 0);
    EXPECT_TRUE(all(*others + page_size, page_size, 0));
    memory.release(*others, 3 * page_size);
    EXPECT_EQ(mappings.next(at(0))->address, at(pages));
    expect_all_back();
}

// Against a plain list of pages.
TEST_F(MappingsTest, ThousandsOfRandomOperationsAgreeWithAListOfPages)
{
    struct Page {
        bool mapped = false;
        std::uint32_t rights = usual;
    };
    std::vector<Page> page(pages);
    std::mt19937 random(5);
    auto number = [&](std::int64_t address) { return (static_cast<std::uint64_t>(address) - base) / page_size; };
    auto note = [&](std::uint64_t first, std::uint64_t count, Page now) { std::fill_n(page.begin() + static_cast<long>(first), count, now); };
    for (int i = 0; i < 20000; ++i) {
        std::uint64_t first = random() % pages, count = 1 + random() % std::min<std::uint64_t>(6, pages - first);
        std::uint32_t rights = std::array{none, read_only, usual, usual}[random() % 4];
        auto begin = page.begin() + static_cast<long>(first), end = begin + static_cast<long>(count);
        bool any = std::any_of(begin, end, [](Page p) { return p.mapped; }), every = std::all_of(begin, end, [](Page p) { return p.mapped; });
        std::int64_t answer;
        switch (random() % 5) {
        case 0:
            answer = mappings.map(count * page_size, page_size, rights, 0);
            ASSERT_TRUE(answer > 0 || answer == -ENOMEM);
            if (answer < 0)
                continue;
            first = number(answer);
            ASSERT_TRUE(std::none_of(page.begin() + static_cast<long>(first), page.begin() + static_cast<long>(first + count), [](Page p) { return p.mapped; }));
            break;
        case 1:
            answer = mappings.map_at(at(first), count * page_size, rights, 0);
            ASSERT_EQ(answer, any ? -EEXIST : static_cast<std::int64_t>(at(first)));
            if (any)
                continue;
            break;
        case 2:
            ASSERT_EQ(mappings.map_over(at(first), count * page_size, rights, 0), static_cast<std::int64_t>(at(first)));
            break;
        case 3:
            ASSERT_EQ(unmap(at(first), count), 0);
            note(first, count, {});
            continue;
        default:
            ASSERT_EQ(protect(at(first), count, rights), every ? 0 : -ENOMEM);
            for (auto p = begin; p != end && p->mapped; ++p)
                p->rights = rights;
            continue;
        }
        note(first, count, {true, rights});
        if (rights & SKL_RIGHT_READ) {
            ASSERT_TRUE(all(at(first), count * page_size, 0));
        }
        if (rights & SKL_RIGHT_WRITE)
            fill(at(first), count * page_size, 9);
    }
    EXPECT_EQ(free_pages(), static_cast<std::uint64_t>(std::count_if(page.begin(), page.end(), [](Page p) { return !p.mapped; })));
    EXPECT_EQ(unmap(base, pages), 0);
    expect_all_back();
}

void use_mappings(skl::MemoryHost& host, unsigned seed, std::atomic<bool>& good)
{
    skl::MemoryHost::enter_thread();
    std::mt19937 random(seed);
    Mappings& mappings = host.memory.mappings;
    for (int i = 0; i < 1000; ++i) {
        std::uint64_t size = (2 + random() % 4) * page_size;
        std::int64_t made = mappings.map(size, page_size, usual, 0);
        if (made < 0)
            continue;
        auto address = static_cast<std::uint64_t>(made);
        auto value = static_cast<char>(1 + random() % 100);
        bool zero = all(address, size, 0);
        fill(address, size, value);
        bool done = mappings.protect(address, page_size, read_only) == 0;
        done &= mappings.unmap(address + page_size, page_size) == 0; // somebody else may have it now
        bool kept = all(address, page_size, value) && all(address + 2 * page_size, size - 2 * page_size, value);
        done &= mappings.unmap(address, page_size) == 0 && mappings.unmap(address + 2 * page_size, size - 2 * page_size) == 0;
        if (!zero || !kept || !done)
            good = false;
    }
}

TEST_F(MappingsThreaded, PiecesGoFromHandToHand)
{
    std::atomic<bool> good = true;
    std::vector<std::thread> threads;
    for (unsigned seed = 0; seed < 3; ++seed)
        threads.emplace_back([&, seed] { use_mappings(*this, seed, good); });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_TRUE(good);
    expect_all_back();
}

// Of two that give back the same page, one does.
TEST_F(MappingsThreaded, NothingIsGivenBackTwice)
{
    for (int round = 0; round < 300; ++round) {
        std::uint64_t address = map(8);
        auto give_back = [&] {
            enter_thread();
            unmap(address, 8);
        };
        std::thread one(give_back);
        give_back();
        one.join();
        ASSERT_EQ(free_pages(), pages);
    }
    expect_all_back();
}

} // namespace
