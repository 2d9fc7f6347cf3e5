// SPDX-License-Identifier: GPL-3.0-or-later
// Texts of the window in each of its languages, whichever it speaks: what is typed in the other one is found as well.
#pragma once

#include <QString>
#include <QStringList>
#include <QTranslator>

namespace headlens {

class BothLanguages {
public:
    BothLanguages();

    struct Text {
        QString shown;      // in the language of the window
        QStringList others; // those of the other languages that differ from it
    };
    // `source` is what stands in the program, in English.
    Text of(const char* context, const char* source) const;
    // "Colours: viridis", in each of them.
    static Text labelled(const Text& label, const Text& value);

private:
    QTranslator m_chinese; // loaded, but not installed; empty in a program built without the translation tools
};

} // namespace headlens
