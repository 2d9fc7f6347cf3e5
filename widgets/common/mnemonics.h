// SPDX-License-Identifier: GPL-3.0-or-later
// Texts of menus and labels as one reads them.
#pragma once

#include <QString>

namespace headlens {

// "Laye&r" and the Chinese form "层(&L)" without what marks their key.
QString withoutMnemonic(QString text);

} // namespace headlens
