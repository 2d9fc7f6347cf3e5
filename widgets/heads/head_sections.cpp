// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/head_sections.h"

#include "core/wire/verbs.h"

#include <QCoreApplication>

#include <algorithm>
#include <span>

namespace headlens {
namespace {

struct Name {
    const char *id, *text;
};

constexpr Name kTowers[] = {
    {"vision", QT_TRANSLATE_NOOP("HeadSections", "Vision")},
    {"text", QT_TRANSLATE_NOOP("HeadSections", "Text")},
    {"encoder", QT_TRANSLATE_NOOP("HeadSections", "Encoder")},
    {"decoder", QT_TRANSLATE_NOOP("HeadSections", "Decoder")},
    {"resampler", QT_TRANSLATE_NOOP("HeadSections", "Resampler")},
};

constexpr Name kKinds[] = {
    {"self", QT_TRANSLATE_NOOP("HeadSections", "self-attention")},
    {"cross", QT_TRANSLATE_NOOP("HeadSections", "cross-attention")},
    {"pool", QT_TRANSLATE_NOOP("HeadSections", "pooling by attention")},
    {"coarse", QT_TRANSLATE_NOOP("HeadSections", "coarse attention")},
    {"low rank", QT_TRANSLATE_NOOP("HeadSections", "low-rank attention")},
    {"memory", QT_TRANSLATE_NOOP("HeadSections", "memory")},
    {"composed", QT_TRANSLATE_NOOP("HeadSections", "product of two maps")},
};

// What the table does not know keeps its own name.
QString nameOf(const std::string& id, std::span<const Name> names)
{
    const auto known = std::ranges::find_if(names, [&](const Name& one) { return id == one.id; });
    return known == names.end() ? QString::fromStdString(id) : QCoreApplication::translate("HeadSections", known->text);
}

} // namespace

QString HeadSection::key() const
{
    return QString::fromStdString(tower + "/" + kind);
}

QString HeadSection::title() const
{
    QString title = nameOf(kind, kKinds);
    if (!tower.empty() && tower != kind)
        title = QCoreApplication::translate("HeadSections", "%1: %2", "tower: kind of attention")
                    .arg(nameOf(tower, kTowers), title);
    if (!title.isEmpty()) title[0] = title[0].toUpper();
    return title;
}

std::vector<HeadSection> sectionsOf(const std::vector<verbs::BlockGrid>& blocks)
{
    std::vector<HeadSection> sections;
    for (std::size_t layer = 0; layer < blocks.size(); ++layer) {
        const verbs::BlockGrid& block = blocks[layer];
        auto hit = std::ranges::find_if(
            sections, [&](const HeadSection& one) { return one.tower == block.tower && one.kind == block.kind; });
        if (hit == sections.end()) hit = sections.insert(hit, {block.tower, block.kind, {}});
        hit->layers.push_back(int(layer));
    }
    return sections;
}

} // namespace headlens
