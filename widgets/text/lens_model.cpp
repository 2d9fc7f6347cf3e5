// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/lens_model.h"

#include "widgets/style/tokens.h"
#include "widgets/viewmodel/heat_image.h"

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

// Without the marks of vocabularies that write blanks as signs.
QString shown(const std::string& piece)
{
    constexpr QChar kByteBlank(0x0120), kByteNewLine(0x010A), kSentenceBlank(0x2581), kNewLine(0x21B5), kBlank(0x2423);
    QString text = QString::fromStdString(piece);
    text.replace(kByteNewLine, kNewLine);
    if (text.size() > 1 && (text[0] == kByteBlank || text[0] == kSentenceBlank)) text.remove(0, 1);
    text.replace(kByteBlank, kBlank);
    text.replace(kSentenceBlank, kBlank);
    return text;
}

} // namespace

const std::string& LensModel::bestOf(int layer, int column) const
{
    const int at = layer * columnCount() + column;
    return m_table.best[std::size_t(at)];
}

void LensModel::show(verbs::LensTable table, QStringList tokens, const QColor& pane, const QColor& strong)
{
    beginResetModel();
    m_table = std::move(table);
    m_tokens = std::move(tokens);
    m_pane = pane;
    m_strong = strong;
    endResetModel();
}

int LensModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_table.ranks.rows();
}

int LensModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_table.ranks.columns();
}

// The first rank in the full colour, every tenfold a step paler; from the thousandth on none.
QColor LensModel::groundOf(int layer, int column) const
{
    constexpr double kStrongest = 0.85, kTenfolds = 3;
    const double rank = std::max(1.0, double(m_table.ranks.part(layer)[std::size_t(column)]));
    return mixed(m_pane, m_strong, kStrongest * std::max(0.0, 1 - std::log10(rank) / kTenfolds));
}

QString LensModel::tipOf(int layer, int column) const
{
    const auto at = std::size_t(column);
    const QString after = layer == 0 ? tr("The embedding") : tr("Layer %1").arg(layer - 1);
    return tr("%1 behind “%2”: it would say “%3” (%4 %). “%5” is number %6")
        .arg(after, m_tokens.value(column), shown(bestOf(layer, column)))
        .arg(100 * double(m_table.probabilities.part(layer)[at]), 0, 'g', 3)
        .arg(shown(m_table.next[at]))
        .arg(qint64(m_table.ranks.part(layer)[at]));
}

QVariant LensModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const int layer = layerOf(index.row()), column = index.column();
    switch (role) {
    case Qt::DisplayRole: return shown(bestOf(layer, column));
    case Qt::BackgroundRole: return groundOf(layer, column);
    case Qt::ForegroundRole: return readableOn(groundOf(layer, column));
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole: return tipOf(layer, column);
    default: return {};
    }
}

QVariant LensModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole) return {};
    if (orientation == Qt::Horizontal) return m_tokens.value(section);
    const int layer = layerOf(section);
    return layer == 0 ? QStringLiteral("\u2013") : QString::number(layer - 1);
}

} // namespace headlens
