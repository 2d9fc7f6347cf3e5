// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/typed_place.h"

#include "widgets/palette/fuzzy_match.h"

#include <QRegularExpression>
#include <QStringList>

#include <limits>
#include <vector>

namespace headlens {
namespace {

// One way to type a place. Groups of the pattern: row and column of a patch, layer and head, or the only number.
struct Form {
    TypedPlace::Kind kind;
    QRegularExpression pattern;
    bool headFirst = false;
};

QRegularExpression whole(QString pattern)
{
    pattern.replace(QLatin1String("LAYER"), QStringLiteral("(?:layer|block|blk|l|层)"));
    pattern.replace(QLatin1String("HEAD"), QStringLiteral("(?:head|h|头)"));
    pattern.replace(QLatin1String("PATCH"), QStringLiteral("(?:patch|图像块|图块)"));
    pattern.replace(QLatin1String("N"), QStringLiteral("(\\d+)"));
    pattern.replace(QLatin1Char(' '), QStringLiteral("\\s*"));
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern));
}

// Words alone are places that want their number; letters alone are the beginning of anything.
const std::vector<Form>& forms()
{
    using enum TypedPlace::Kind;
    static const std::vector<Form> kForms{
        {Head, whole(QStringLiteral("N [.] N"))},
        {Head, whole(QStringLiteral("LAYER N [.,]? HEAD N"))},
        {Head, whole(QStringLiteral("第? N 层 第? N 头"))},
        {Head, whole(QStringLiteral("HEAD N (?:,|of|in)? LAYER N")), true},
        {Head, whole(QStringLiteral("(?:HEAD N|第? N 头|head|头)"))},
        {Layer, whole(QStringLiteral("(?:LAYER N|第? N 层|layer|block|层)"))},
        {Token, whole(QStringLiteral("(?:(?:token|tok|词元) N|第? N 个?词元|token|词元)"))},
        {Patch, whole(QStringLiteral("PATCH? [(]? N (?:,|;|\\s) N [)]?"))},
        {Patch, whole(QStringLiteral("(?:PATCH N? ,?)"))},
        {Class, whole(QStringLiteral("(?:(?:class|类别|类) N|class|类别)"))},
    };
    return kForms;
}

int numberOf(const QString& digits)
{
    bool fits = false;
    const int number = digits.toInt(&fits);
    return fits ? number : std::numeric_limits<int>::max();
}

// The groups that took part, in their order.
QStringList numbersIn(const QRegularExpressionMatch& match)
{
    QStringList numbers;
    for (int i = 1; i <= match.lastCapturedIndex(); ++i)
        if (!match.captured(i).isEmpty()) numbers << match.captured(i);
    return numbers;
}

TypedPlace placeOf(const Form& form, const QStringList& numbers)
{
    TypedPlace place{form.kind, {}, {}, {}};
    if (numbers.size() < 2) {
        if (!numbers.isEmpty()) place.number = numberOf(numbers[0]);
        return place;
    }
    const int first = numberOf(numbers[0]), second = numberOf(numbers[1]);
    if (form.kind == TypedPlace::Kind::Patch) {
        place.number = first;
        place.column = second;
    } else {
        place.layer = form.headFirst ? second : first;
        place.number = form.headFirst ? first : second;
    }
    return place;
}

} // namespace

std::optional<TypedPlace> typedPlace(const QString& typed)
{
    const QString text = folded(typed).letters.simplified();
    for (const Form& form : forms())
        if (const auto match = form.pattern.match(text); match.hasMatch()) return placeOf(form, numbersIn(match));
    return {};
}

} // namespace headlens
