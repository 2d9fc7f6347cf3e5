// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of methods (verbs::MethodInfo) in the language of the window.
#pragma once

#include <QCoreApplication>
#include <QString>

#include <string>

namespace headlens {

// tools/translations.sh collects them from core/attribution.
inline QString methodText(const std::string& english)
{
    return QCoreApplication::translate("Methods", english.c_str());
}

} // namespace headlens
