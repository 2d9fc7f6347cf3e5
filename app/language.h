// SPDX-License-Identifier: GPL-3.0-or-later
// The language of the window; changed while it runs.
#pragma once

#include <QString>
#include <QTranslator>

namespace headlens {

inline const QString kChineseTexts = QStringLiteral(":/i18n/headlens_zh_CN.qm");

class Language {
public:
    // system, en or zh_CN. Every widget receives LanguageChange.
    void apply(const QString& wish);

private:
    QTranslator m_own, m_qt;
};

} // namespace headlens
