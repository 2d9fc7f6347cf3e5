// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace headlens {

void Language::apply(const QString& wish)
{
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
    const QLocale locale = wish == QLatin1String("system") ? QLocale::system() : QLocale(wish);
    QLocale::setDefault(locale);
    if (locale.language() != QLocale::Chinese) return; // the source strings are English
    if (m_qt.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_own.load(kChineseTexts)) QCoreApplication::installTranslator(&m_own);
}

} // namespace headlens
