// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/mnemonics.h"

#include <QRegularExpression>

namespace headlens {

QString withoutMnemonic(QString text)
{
    static const QRegularExpression kChinese(QStringLiteral("\\(&.\\)"));
    return text.remove(kChinese).remove(QLatin1Char('&'));
}

} // namespace headlens
