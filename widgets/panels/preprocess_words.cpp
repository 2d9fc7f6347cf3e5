// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/preprocess_words.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace headlens {
namespace {

// As PreprocessPlan::describe() writes them; "(.+)" is what differs.
struct Said {
    const char* pattern;
    const char* words;
};
constexpr Said kSaid[] = {
    {"to grey", QT_TRANSLATE_NOOP("PreprocessWords", "to grey")},
    {R"(resize to (\d+) x (\d+) \((.+)\))", QT_TRANSLATE_NOOP("PreprocessWords", "resize to %1 × %2 (%3)")},
    {R"(resize shortest edge to (.+) \((.+)\))",
     QT_TRANSLATE_NOOP("PreprocessWords", "resize shortest edge to %1 (%2)")},
    {R"(resize to cover (\d+) x (\d+), own aspect \((.+)\))",
     QT_TRANSLATE_NOOP("PreprocessWords", "resize to cover %1 × %2, own aspect (%3)")},
    {R"(resize into (\d+) x (\d+), own aspect \((.+)\))",
     QT_TRANSLATE_NOOP("PreprocessWords", "resize into %1 × %2, own aspect (%3)")},
    {R"(crop the centre (\d+) x (\d+))", QT_TRANSLATE_NOOP("PreprocessWords", "crop the centre %1 × %2")},
    {"rescale by (.+)", QT_TRANSLATE_NOOP("PreprocessWords", "rescale by %1")},
    {"normalise: mean (.+); deviation (.+)", QT_TRANSLATE_NOOP("PreprocessWords", "normalise: mean %1; deviation %2")},
};

} // namespace

QString preprocessWords(const QString& line)
{
    for (const Said& one : kSaid) {
        const QRegularExpression pattern(QRegularExpression::anchoredPattern(QString::fromLatin1(one.pattern)));
        const auto found = pattern.match(line);
        if (!found.hasMatch()) continue;
        QString words = QCoreApplication::translate("PreprocessWords", one.words);
        for (int i = 1; i <= found.lastCapturedIndex(); ++i) words = words.arg(found.captured(i));
        return words;
    }
    return line;
}

} // namespace headlens
