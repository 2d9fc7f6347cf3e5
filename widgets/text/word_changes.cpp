// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/word_changes.h"

#include <QRegularExpression>

#include <algorithm>

namespace headlens {
namespace {

constexpr qsizetype kMostWords = 2000; // the table below has its square of numbers

QStringList wordsOf(const QString& text)
{
    static const QRegularExpression kBlanks(QStringLiteral("\\s+"));
    return text.split(kBlanks, Qt::SkipEmptyParts).mid(0, kMostWords);
}

// [before+1][now+1]: how long the longest common sequence of the words from there on is.
class CommonWords {
public:
    CommonWords(const QStringList& before, const QStringList& now)
        : m_width(std::size_t(now.size()) + 1), m_lengths((std::size_t(before.size()) + 1) * m_width)
    {
        for (qsizetype i = before.size() - 1; i >= 0; --i)
            for (qsizetype j = now.size() - 1; j >= 0; --j)
                at(i, j) = before[i] == now[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    }
    int& at(qsizetype i, qsizetype j) { return m_lengths[std::size_t(i) * m_width + std::size_t(j)]; }

private:
    std::size_t m_width;
    std::vector<int> m_lengths;
};

} // namespace

std::vector<ComparedWord> comparedWords(const QString& before, const QString& now)
{
    const QStringList old = wordsOf(before), words = wordsOf(now);
    CommonWords common(old, words);
    std::vector<ComparedWord> compared;
    qsizetype j = 0;
    for (qsizetype i = 0; i < old.size(); ++i) {
        while (j < words.size() && old[i] != words[j] && common.at(i, j + 1) >= common.at(i + 1, j)) ++j;
        const bool stays = j < words.size() && old[i] == words[j];
        compared.push_back({old[i], !stays});
        if (stays) ++j;
    }
    return compared;
}

QString comparedText(const QString& before, const QString& now)
{
    QStringList parts;
    for (const ComparedWord& one : comparedWords(before, now))
        parts << (one.isGone ? QStringLiteral("<b><s>%1</s></b>").arg(one.word.toHtmlEscaped())
                             : one.word.toHtmlEscaped());
    return parts.join(QLatin1Char(' '));
}

} // namespace headlens
