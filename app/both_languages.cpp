// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/both_languages.h"

#include "app/language.h"
#include "widgets/common/mnemonics.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlens {

BothLanguages::BothLanguages()
{
    static_cast<void>(m_chinese.load(kChineseTexts)); // without it everything is English
}

BothLanguages::Text BothLanguages::of(const char* context, const char* source) const
{
    Text text{withoutMnemonic(QCoreApplication::translate(context, source)), {}};
    for (const QString& other : {QString::fromUtf8(source), m_chinese.translate(context, source)}) {
        const QString plain = withoutMnemonic(other);
        if (!plain.isEmpty() && plain != text.shown && !text.others.contains(plain)) text.others << plain;
    }
    return text;
}

BothLanguages::Text BothLanguages::labelled(const Text& label, const Text& value)
{
    const auto joined = [](const QString& one, const QString& other) {
        return QStringLiteral("%1: %2").arg(one, other);
    };
    Text text{joined(label.shown, value.shown), {}};
    for (qsizetype i = 0; i < std::max(label.others.size(), value.others.size()); ++i)
        text.others << joined(label.others.value(i, label.shown), value.others.value(i, value.shown));
    return text;
}

} // namespace headlens
