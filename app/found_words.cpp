// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/found_words.h"

#include <QCoreApplication>

namespace headlens {

QString foundText(const std::string& text)
{
    return text.empty() ? QString() : QCoreApplication::translate("FoundModels", text.c_str());
}

QString sentenceOf(const verbs::Sentence& sentence)
{
    const QString said = foundText(sentence.text);
    return said.contains(QLatin1String("%1")) ? said.arg(foundText(sentence.about)) : said;
}

} // namespace headlens
