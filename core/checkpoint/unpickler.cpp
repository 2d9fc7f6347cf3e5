// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/unpickler.h"

#include "core/base/error.h"

#include <bit>
#include <cstring>
#include <optional>
#include <unordered_map>

namespace headlens::pickle {
namespace {

constexpr std::size_t kMostValues = 1'000'000;
constexpr std::size_t kLargestPickle = 64U << 20;
constexpr std::size_t kHighestRank = 8;
constexpr std::size_t kLongestName = 512;
constexpr Ref kMark = 0xFFFFFFFF;

std::optional<DType> storageType(const std::string& global)
{
    static const std::unordered_map<std::string, DType> kTypes{
        {"torch.FloatStorage", DType::F32},  {"torch.HalfStorage", DType::F16}, {"torch.BFloat16Storage", DType::BF16},
        {"torch.DoubleStorage", DType::F64}, {"torch.LongStorage", DType::I64}, {"torch.IntStorage", DType::I32},
        {"torch.ShortStorage", DType::I16},  {"torch.CharStorage", DType::I8},  {"torch.ByteStorage", DType::U8},
        {"torch.BoolStorage", DType::Bool}};
    const auto hit = kTypes.find(global);
    return hit == kTypes.end() ? std::nullopt : std::optional(hit->second);
}

class Machine {
public:
    Machine(std::span<const std::byte> bytes, const std::string& subject) : m_bytes(bytes), m_subject(subject) {}
    Document run();
    std::size_t used() const { return m_at; }

private:
    [[noreturn]] void fail(const std::string& why) const
    {
        throw Error(ErrorCode::BadHeader, m_subject, "its pickle " + why, "save it again as safetensors");
    }
    std::span<const std::byte> take(std::uint64_t count);
    std::uint64_t number(int bytes);
    std::string text(std::uint64_t bytes);
    std::string line();
    std::int64_t longInteger(std::uint64_t bytes);
    Ref add(Value value);
    void push(Value value) { m_stack.push_back(add(std::move(value))); }
    Ref pop();
    Ref top();
    std::vector<Ref> popToMark();
    void popTuple(std::size_t count);
    void remember(std::uint64_t slot);
    void recall(std::uint64_t slot);
    bool literal(unsigned char op);
    bool container(unsigned char op);
    bool memo(unsigned char op);
    bool object(unsigned char op);
    void setItems(Ref target, const std::vector<Ref>& items);
    void append(Ref target, const std::vector<Ref>& items);
    void global(std::string name)
    {
        requireShort(name);
        push(Global{std::move(name)});
    }
    // Names are copied from value to value: without a limit a long one, recalled often, would fill the memory.
    void requireShort(const std::string& name) const
    {
        if (name.size() > kLongestName) fail("has a name longer than 512 bytes");
    }
    void reduce();
    void persistentId();
    std::optional<Tensor> tensorFrom(const std::vector<Ref>& arguments) const;
    std::optional<std::vector<std::int64_t>> integers(Ref ref) const;

    template <class T>
    const T* as(Ref ref) const
    {
        return std::get_if<T>(&m_document.values[ref]);
    }

    std::span<const std::byte> m_bytes;
    std::string m_subject;
    std::size_t m_at = 0;
    Document m_document;
    std::vector<Ref> m_stack;
    std::unordered_map<std::uint64_t, Ref> m_memo;
};

std::span<const std::byte> Machine::take(std::uint64_t count)
{
    if (count > m_bytes.size() - m_at) fail("ends inside a value");
    const auto part = m_bytes.subspan(m_at, std::size_t(count));
    m_at += std::size_t(count);
    return part;
}

std::uint64_t Machine::number(int bytes)
{
    const auto part = take(std::uint64_t(bytes));
    std::uint64_t value = 0;
    for (std::size_t i = part.size(); i-- > 0;) value = value << 8 | std::uint64_t(part[i]);
    return value;
}

std::string Machine::text(std::uint64_t bytes)
{
    const auto part = take(bytes);
    return {reinterpret_cast<const char*>(part.data()), part.size()};
}

std::string Machine::line()
{
    const auto rest = m_bytes.subspan(m_at);
    const void* end = std::memchr(rest.data(), '\n', rest.size());
    if (end == nullptr) fail("ends inside a name");
    const auto length = std::size_t(static_cast<const std::byte*>(end) - rest.data());
    std::string found = text(length);
    m_at += 1;
    return found;
}

std::int64_t Machine::longInteger(std::uint64_t bytes)
{
    if (bytes > 8) { // larger integers occur only in things we never use (the magic number of legacy files)
        take(bytes);
        return 0;
    }
    if (bytes == 0) return 0;
    const std::uint64_t value = number(int(bytes));
    const int shift = int(64 - 8 * bytes);
    return std::int64_t(value << shift) >> shift;
}

Ref Machine::add(Value value)
{
    if (m_document.values.size() >= kMostValues) fail("holds more than a million values");
    m_document.values.push_back(std::move(value));
    return Ref(m_document.values.size() - 1);
}

Ref Machine::pop()
{
    if (m_stack.empty() || m_stack.back() == kMark) fail("takes a value that is not there");
    const Ref ref = m_stack.back();
    m_stack.pop_back();
    return ref;
}

Ref Machine::top()
{
    if (m_stack.empty() || m_stack.back() == kMark) fail("uses a value that is not there");
    return m_stack.back();
}

std::vector<Ref> Machine::popToMark()
{
    std::size_t mark = m_stack.size();
    while (mark > 0 && m_stack[mark - 1] != kMark) --mark;
    if (mark == 0) fail("has no mark where one is needed");
    std::vector<Ref> items(m_stack.begin() + std::ptrdiff_t(mark), m_stack.end());
    m_stack.resize(mark - 1);
    return items;
}

void Machine::popTuple(std::size_t count)
{
    std::vector<Ref> items(count);
    for (std::size_t i = count; i-- > 0;) items[i] = pop();
    push(Tuple{std::move(items)});
}

void Machine::remember(std::uint64_t slot)
{
    if (m_memo.size() >= kMostValues) fail("remembers more than a million values");
    m_memo[slot] = top();
}

void Machine::recall(std::uint64_t slot)
{
    const auto hit = m_memo.find(slot);
    if (hit == m_memo.end()) fail("recalls a value it never stored");
    if (m_stack.size() >= kMostValues) fail("has more than a million open values");
    m_stack.push_back(hit->second);
}

bool Machine::literal(unsigned char op)
{
    switch (op) {
    case 'N': push(None{}); return true;
    case 0x88: push(true); return true;
    case 0x89: push(false); return true;
    case 'J': push(std::int64_t(std::int32_t(number(4)))); return true;
    case 'K': push(std::int64_t(number(1))); return true;
    case 'M': push(std::int64_t(number(2))); return true;
    case 0x8A: push(longInteger(number(1))); return true;
    case 0x8B: push(longInteger(number(4))); return true;
    case 'G': { // big-endian double
        std::uint64_t bits = 0;
        for (const std::byte b : take(8)) bits = bits << 8 | std::uint64_t(b);
        push(std::bit_cast<double>(bits));
        return true;
    }
    case 'X':
    case 'T':
    case 'B': push(text(number(4))); return true;
    case 0x8C:
    case 'U':
    case 'C': push(text(number(1))); return true;
    case 0x8D:
    case 0x8E: push(text(number(8))); return true;
    default: return false;
    }
}

bool Machine::container(unsigned char op)
{
    switch (op) {
    case '(':
        if (m_stack.size() >= kMostValues) fail("has more than a million open values");
        m_stack.push_back(kMark);
        return true;
    case ')': push(Tuple{}); return true;
    case ']':
    case 0x8F: push(List{}); return true;
    case '}': push(Dict{}); return true;
    case 't': push(Tuple{popToMark()}); return true;
    case 0x85: popTuple(1); return true;
    case 0x86: popTuple(2); return true;
    case 0x87: popTuple(3); return true;
    case 'a': {
        const Ref item = pop();
        append(top(), {item});
        return true;
    }
    case 'e':
    case 0x90: {
        const auto items = popToMark();
        append(top(), items);
        return true;
    }
    case 's': {
        const Ref value = pop();
        const Ref key = pop();
        setItems(top(), {key, value});
        return true;
    }
    case 'u': {
        const auto items = popToMark();
        setItems(top(), items);
        return true;
    }
    default: return false;
    }
}

bool Machine::memo(unsigned char op)
{
    switch (op) {
    case 'q': remember(number(1)); return true;
    case 'r': remember(number(4)); return true;
    case 0x94: remember(m_memo.size()); return true;
    case 'h': recall(number(1)); return true;
    case 'j': recall(number(4)); return true;
    default: return false;
    }
}

bool Machine::object(unsigned char op)
{
    switch (op) {
    case 'c': {
        const std::string module = line();
        global(module + "." + line());
        return true;
    }
    case 0x93: {
        const auto* name = as<std::string>(pop());
        const auto* module = as<std::string>(pop());
        if (name == nullptr || module == nullptr) fail("names a class that is no text");
        requireShort(*name);
        requireShort(*module);
        global(*module + "." + *name);
        return true;
    }
    case 'Q': persistentId(); return true;
    case 'R': reduce(); return true;
    case 0x81: { // NEWOBJ: never made, only named
        pop();
        const auto* type = as<Global>(pop());
        push(Opaque{type != nullptr ? type->name : "object"});
        return true;
    }
    case 'b':
        pop();
        top();
        return true; // BUILD: state of an object, hooks and metadata; not needed
    default: return false;
    }
}

void Machine::setItems(Ref target, const std::vector<Ref>& items)
{
    if (items.size() % 2 != 0) fail("sets a key without a value");
    auto* dict = std::get_if<Dict>(&m_document.values[target]);
    if (dict == nullptr) return; // items of a placeholder are dropped with it
    for (std::size_t i = 0; i < items.size(); i += 2) dict->items.emplace_back(items[i], items[i + 1]);
}

void Machine::append(Ref target, const std::vector<Ref>& items)
{
    auto* list = std::get_if<List>(&m_document.values[target]);
    if (list != nullptr) list->items.insert(list->items.end(), items.begin(), items.end());
}

std::optional<std::vector<std::int64_t>> Machine::integers(Ref ref) const
{
    const auto* tuple = as<Tuple>(ref);
    if (tuple == nullptr || tuple->items.size() > kHighestRank) return std::nullopt;
    std::vector<std::int64_t> numbers;
    for (const Ref item : tuple->items) {
        const auto* value = as<std::int64_t>(item);
        if (value == nullptr || *value < 0) return std::nullopt;
        numbers.push_back(*value);
    }
    return numbers;
}

std::optional<Tensor> Machine::tensorFrom(const std::vector<Ref>& arguments) const
{
    if (arguments.size() < 4) return std::nullopt;
    const auto* storage = as<Storage>(arguments[0]);
    const auto* offset = as<std::int64_t>(arguments[1]);
    const auto shape = integers(arguments[2]);
    const auto stride = integers(arguments[3]);
    if (storage == nullptr || offset == nullptr || *offset < 0 || !shape || !stride || shape->size() != stride->size())
        return std::nullopt;
    return Tensor{*storage, std::uint64_t(*offset), *shape, *stride};
}

void Machine::reduce()
{
    const Ref argumentsRef = pop();
    const Ref callee = pop();
    const auto* arguments = as<Tuple>(argumentsRef);
    const auto* function = as<Global>(callee);
    if (arguments == nullptr || function == nullptr) return push(Opaque{"call"});
    const std::string name = function->name;
    if (name == "collections.OrderedDict") return push(Dict{});
    if (name == "torch._utils._rebuild_tensor_v2" || name == "torch._utils._rebuild_tensor") {
        auto tensor = tensorFrom(arguments->items);
        if (!tensor) fail("describes a tensor with impossible arguments");
        return push(std::move(*tensor));
    }
    if (name == "torch._utils._rebuild_parameter" && !arguments->items.empty())
        return m_stack.push_back(arguments->items[0]);
    push(Opaque{name});
}

void Machine::persistentId()
{
    const auto* tuple = as<Tuple>(pop());
    if (tuple == nullptr || tuple->items.size() < 5) return push(Opaque{"persistent id"});
    const auto* type = as<Global>(tuple->items[1]);
    const auto* key = as<std::string>(tuple->items[2]);
    const auto* elements = as<std::int64_t>(tuple->items[4]);
    const auto dtype = type != nullptr ? storageType(type->name) : std::nullopt;
    if (!dtype || key == nullptr || elements == nullptr || *elements < 0) return push(Opaque{"storage"});
    requireShort(*key);
    // Legacy files could make one storage a part of another; no checkpoint of the last years does.
    if (tuple->items.size() > 5 && !std::holds_alternative<None>(m_document.values[tuple->items[5]]))
        fail("makes one storage a part of another");
    push(Storage{*key, *dtype, std::uint64_t(*elements)});
}

Document Machine::run()
{
    if (m_bytes.size() > kLargestPickle) fail("is larger than 64 MB");
    while (true) {
        const auto op = static_cast<unsigned char>(number(1));
        if (op == '.') break;
        if (op == 0x80) { // PROTO
            if (number(1) > 5) fail("has an unknown protocol");
            continue;
        }
        if (op == 0x95) { // FRAME: a hint only
            take(8);
            continue;
        }
        if (op == '0') {
            pop();
            continue;
        }
        if (!literal(op) && !container(op) && !memo(op) && !object(op))
            fail("uses the operation " + std::to_string(int(op)) + ", which no checkpoint needs");
    }
    m_document.root = pop();
    return std::move(m_document);
}

} // namespace

Document parse(std::span<const std::byte> bytes, const std::string& subject, std::size_t* used)
{
    Machine machine(bytes, subject);
    Document document = machine.run();
    if (used != nullptr) *used = machine.used();
    return document;
}

} // namespace headlens::pickle
