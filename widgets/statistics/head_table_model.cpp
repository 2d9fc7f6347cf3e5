// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statistics/head_table_model.h"

#include "widgets/viewmodel/method_text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

// Names may hold a comma in some language.
QString quoted(QString text)
{
    text.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"'))
               ? QLatin1Char('"') + text + QLatin1Char('"')
               : text;
}

} // namespace

HeadTableModel::HeadTableModel(HeadProfiles* profiles, QObject* parent)
    : QAbstractTableModel(parent), m_profiles(profiles)
{
    connect(profiles, &HeadProfiles::changed, this, &HeadTableModel::fill);
    fill();
}

void HeadTableModel::fill()
{
    beginResetModel();
    m_numbers.clear();
    for (std::size_t i = 0; i < kHeadNumbers; ++i)
        if (m_profiles->has(HeadNumber(i))) m_numbers.push_back(HeadNumber(i));
    endResetModel();
}

int HeadTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_profiles->heads().size());
}

int HeadTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : FirstNumber + int(m_numbers.size());
}

HeadPlace HeadTableModel::placeOf(int row) const
{
    return row >= 0 && row < rowCount() ? m_profiles->heads()[std::size_t(row)].place : HeadPlace{};
}

double HeadTableModel::numberOf(const ProfiledHead& head, int column) const
{
    switch (column) {
    case Layer: return head.place.layer;
    case Head: return head.place.head;
    case Pattern: return head.pattern < 0 ? std::nan("") : head.pattern;
    case Score: return head.score;
    default: return head.number(m_numbers[std::size_t(column - FirstNumber)]);
    }
}

double HeadTableModel::deviationOf(const ProfiledHead& head, int column) const
{
    return column < FirstNumber ? std::nan("") : head.deviation(m_numbers[std::size_t(column - FirstNumber)]);
}

QString HeadTableModel::textOf(const ProfiledHead& head, int column) const
{
    if (column == Pattern) return head.patternName();
    const double number = numberOf(head, column);
    if (std::isnan(number)) return column == Score ? QString() : QStringLiteral("–");
    if (column == Layer || column == Head) return QString::number(int(number));
    const bool share = column == Score || infoOf(m_numbers[std::size_t(column - FirstNumber)]).isShare;
    const auto written = [decimals = share || number < 10 ? 2 : 1](double value) {
        return QLocale().toString(value, 'f', decimals);
    };
    const double deviation = deviationOf(head, column);
    return std::isnan(deviation) ? written(number) : written(number) + QStringLiteral(" ± ") + written(deviation);
}

QVariant HeadTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const ProfiledHead& head = m_profiles->heads()[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return textOf(head, index.column());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (index.column() == Pattern ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::ToolTipRole:
        return index.column() == Pattern && head.pattern >= 0
                   ? tr("%1: a score from %2 on, because %3")
                         .arg(head.patternName())
                         .arg(headPatterns()[std::size_t(head.pattern)].threshold)
                         .arg(methodText(headPatterns()[std::size_t(head.pattern)].why))
                   : QVariant();
    case NumberRole: return numberOf(head, index.column());
    case DeviationRole: return deviationOf(head, index.column());
    case PatternRole: return head.pattern;
    case SearchRole:
        return QStringLiteral("%1.%2 l%1 h%2 %3 %4 %5")
            .arg(head.place.layer)
            .arg(head.place.head)
            .arg(tr("layer%1 head%2").arg(head.place.layer).arg(head.place.head), head.patternName(),
                 head.pattern < 0 ? QString() : QString::fromLatin1(headPatterns()[std::size_t(head.pattern)].id));
    default: return {};
    }
}

QVariant HeadTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == Pattern ? Qt::AlignLeft : Qt::AlignRight));
    if (section >= FirstNumber) {
        const HeadNumberInfo& info = infoOf(m_numbers[std::size_t(section - FirstNumber)]);
        if (role == Qt::DisplayRole) return methodText(info.title);
        if (role == Qt::ToolTipRole) return methodText(info.says);
        return {};
    }
    const QString names[]{tr("Layer"), tr("Head"), tr("Pattern"), tr("Score")};
    if (role == Qt::DisplayRole) return names[section];
    if (role == Qt::ToolTipRole && section == Score)
        return tr("How far the pattern goes beyond what uniform attention would give: 0 as much, 1 everything");
    return {};
}

void ShownHeadRows::setPattern(std::optional<int> pattern)
{
    m_pattern = pattern;
    invalidateFilter();
}

void ShownHeadRows::setTyped(const QString& text)
{
    m_words = text.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool ShownHeadRows::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const double a = left.data(HeadTableModel::NumberRole).toDouble();
    const double b = right.data(HeadTableModel::NumberRole).toDouble();
    if (std::isnan(a) || std::isnan(b))
        return std::isnan(a) != std::isnan(b) && std::isnan(b) == (sortOrder() == Qt::AscendingOrder);
    return a < b;
}

bool ShownHeadRows::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_pattern && index.data(HeadTableModel::PatternRole).toInt() != *m_pattern) return false;
    const QStringList found =
        index.data(HeadTableModel::SearchRole).toString().toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::ranges::all_of(m_words, [&](const QString& word) {
        return std::ranges::any_of(found, [&](const QString& one) { return one.startsWith(word); });
    });
}

bool ShownHeadRows::hasDeviations(int column) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (!std::isnan(index(row, column).data(HeadTableModel::DeviationRole).toDouble())) return true;
    return false;
}

QString ShownHeadRows::csv() const
{
    const auto written = [](double number) { return std::isnan(number) ? QString() : QString::number(number, 'g', 6); };
    QStringList lines{QString()};
    for (int row = 0; row < rowCount(); ++row) lines << QString();
    const auto add = [&lines](int line, const QString& cell) { lines[line] += cell + QLatin1Char(','); };
    for (int column = 0; column < columnCount(); ++column) {
        const QString title = headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        const bool deviates = hasDeviations(column);
        add(0, quoted(title));
        if (deviates) add(0, quoted(tr("%1, deviation").arg(title)));
        for (int row = 0; row < rowCount(); ++row) {
            const QModelIndex cell = index(row, column);
            add(row + 1, column == HeadTableModel::Pattern ? quoted(cell.data().toString())
                                                           : written(cell.data(HeadTableModel::NumberRole).toDouble()));
            if (deviates) add(row + 1, written(cell.data(HeadTableModel::DeviationRole).toDouble()));
        }
    }
    for (QString& line : lines) line.chop(1);
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace headlens
