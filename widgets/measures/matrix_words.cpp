// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/matrix_words.h"

#include "widgets/viewmodel/answers.h"
#include "widgets/viewmodel/method_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace headlens {
namespace {

struct Study { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::Study)
};

// How each kind of axis is called; %1 the number.
struct AxisWords {
    const char *what, *title, *one;
};
constexpr std::array kAxes{
    AxisWords{"layer", QT_TRANSLATE_NOOP("headlens::Study", "layer"), QT_TRANSLATE_NOOP("headlens::Study", "layer %1")},
    AxisWords{"state", QT_TRANSLATE_NOOP("headlens::Study", "behind layer"),
              QT_TRANSLATE_NOOP("headlens::Study", "behind layer %1")},
    AxisWords{"other state", QT_TRANSLATE_NOOP("headlens::Study", "behind layer, of the held run"),
              QT_TRANSLATE_NOOP("headlens::Study", "behind layer %1 of the held run")},
    AxisWords{"head", QT_TRANSLATE_NOOP("headlens::Study", "head"), QT_TRANSLATE_NOOP("headlens::Study", "head %1")},
    AxisWords{"any head", QT_TRANSLATE_NOOP("headlens::Study", "layer.head"),
              QT_TRANSLATE_NOOP("headlens::Study", "head %1")},
    AxisWords{"token", QT_TRANSLATE_NOOP("headlens::Study", "token"), QT_TRANSLATE_NOOP("headlens::Study", "token %1")},
    AxisWords{"row", QT_TRANSLATE_NOOP("headlens::Study", "row of patches"),
              QT_TRANSLATE_NOOP("headlens::Study", "row %1")},
    AxisWords{"column", QT_TRANSLATE_NOOP("headlens::Study", "column of patches"),
              QT_TRANSLATE_NOOP("headlens::Study", "column %1")}};

const AxisWords* wordsOf(const verbs::StudyAxis& axis)
{
    const auto hit = std::ranges::find(kAxes, axis.what, &AxisWords::what);
    return hit == kAxes.end() ? nullptr : &*hit;
}

bool isState(const verbs::StudyAxis& axis)
{
    return axis.what.ends_with("state");
}

QString fullNumber(float number)
{
    return std::isnan(number) ? QString() : QString::number(double(number), 'g', 9);
}

QString quoted(const QString& text, QChar between)
{
    if (!text.contains(between) && !text.contains(QLatin1Char('"'))) return text;
    QString inner = text;
    return QLatin1Char('"') + inner.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

} // namespace

MatrixWords::MatrixWords(const verbs::Study& answer, std::size_t of, const verbs::ModelInfo& model,
                         const verbs::InputInfo& input)
{
    if (of >= answer.matrices.size() || of >= answer.numbers.size()) return;
    m_said = answer.matrices[of];
    m_numbers = answer.numbers[of];
    if (m_numbers.values.size() != std::size_t(m_numbers.rows()) * std::size_t(m_numbers.columns())) m_numbers = {};
    if (m_said.texts.size() != m_numbers.values.size()) m_said.texts.clear();
    m_tokens = TokenLayout::ofStream(model, input, 0);
    for (const verbs::BlockGrid& block : input.blocks) m_heads.push_back(block.heads);
}

int MatrixWords::named(const verbs::StudyAxis& axis, int index, int count) const
{
    const int first = count - int(axis.named.size());
    return index >= first ? index - first : -1;
}

QString MatrixWords::name(const verbs::StudyAxis& axis, int index, int count, bool isShort) const
{
    if (const int own = named(axis, index, count); own >= 0) return methodText(axis.named[std::size_t(own)]);
    const AxisWords* words = wordsOf(axis);
    if (words == nullptr) return {};
    if (isState(axis) && index == 0) return isShort ? Study::tr("emb.") : Study::tr("embedding");
    if (axis.what == "token" && index < m_tokens.tokens())
        return isShort ? m_tokens.shortName(index) : m_tokens.name(index);
    CellPlace place;
    this->place(axis, index, count, place);
    const QString number = axis.what == "any head" ? QStringLiteral("%1.%2").arg(place.layer).arg(place.head)
                                                   : QString::number(isState(axis) ? index - 1 : index);
    return isShort ? number : Study::tr(words->one).arg(number);
}

QString MatrixWords::titleOf(const verbs::StudyAxis& axis) const
{
    const AxisWords* words = wordsOf(axis);
    return words == nullptr ? QString() : Study::tr(words->title);
}

QString MatrixWords::title() const
{
    return methodText(m_said.title);
}

QString MatrixWords::rowTitle() const
{
    return titleOf(m_said.rows);
}

QString MatrixWords::columnTitle() const
{
    return titleOf(m_said.columns);
}

QString MatrixWords::rowName(int row) const
{
    return name(m_said.rows, row, rows(), false);
}

QString MatrixWords::columnName(int column) const
{
    return name(m_said.columns, column, columns(), false);
}

QStringList MatrixWords::rowLabels() const
{
    QStringList labels;
    for (int row = 0; row < rows(); ++row) labels << name(m_said.rows, row, rows(), true);
    return labels;
}

QStringList MatrixWords::columnLabels() const
{
    QStringList labels;
    for (int column = 0; column < columns(); ++column) labels << name(m_said.columns, column, columns(), true);
    return labels;
}

QString MatrixWords::numberText(float number) const
{
    if (std::isnan(number)) return Study::tr("none");
    if (std::isinf(number)) return number > 0 ? Study::tr("infinite") : Study::tr("minus infinite");
    if (m_said.isRank) return Study::tr("place %1").arg(std::lround(number));
    QString text = QLocale().toString(double(number), 'g', 4);
    if (m_said.unit == "pixels") return Study::tr("%1 pixels").arg(text);
    if (m_said.unit == "nats") return Study::tr("%1 nats").arg(text);
    return text;
}

QString MatrixWords::textIn(int row, int column) const
{
    const std::size_t cell = std::size_t(row) * std::size_t(columns()) + std::size_t(column);
    return cell < m_said.texts.size() ? firstName(m_said.texts[cell]) : QString();
}

bool MatrixWords::isMarked(int row, int column) const
{
    return std::ranges::find(m_said.marked, row * columns() + column) != m_said.marked.end();
}

QString MatrixWords::cellText(int row, int column) const
{
    QStringList place;
    for (const QString& part : {rowName(row), columnName(column)})
        if (!part.isEmpty()) place << part;
    QString text = place.join(QStringLiteral(", ")) + QStringLiteral(": ") + numberText(at(row, column));
    if (const QString word = textIn(row, column); !word.isEmpty())
        text += QStringLiteral(" \u00B7 ") + Study::tr("first: \u201C%1\u201D").arg(word);
    if (isMarked(row, column)) text += QStringLiteral(" \u00B7 ") + Study::tr("outlier");
    return text;
}

void MatrixWords::place(const verbs::StudyAxis& axis, int index, int count, CellPlace& found) const
{
    if (named(axis, index, count) >= 0) return;
    if (axis.what == "layer") found.layer = index;
    if (axis.what == "state" && index > 0) found.layer = index - 1;
    if (axis.what == "head") found.head = index;
    if (axis.what == "token") found.token = index;
    if (axis.what != "any head") return;
    for (std::size_t layer = 0; layer < m_heads.size(); ++layer) {
        if (index < m_heads[layer]) {
            found.layer = int(layer);
            found.head = index;
            return;
        }
        index -= m_heads[layer];
    }
}

CellPlace MatrixWords::placeOf(int row, int column) const
{
    CellPlace found;
    if (m_said.columns.what != m_said.rows.what) place(m_said.columns, column, columns(), found);
    place(m_said.rows, row, rows(), found); // of two of a kind the row's
    if (m_said.rows.what == "row" && m_said.columns.what == "column") found.token = m_tokens.tokenAt(column, row);
    return found;
}

int MatrixWords::indexOf(const verbs::StudyAxis& axis, int count, const CellPlace& selected) const
{
    int index = -1;
    if (axis.what == "layer") index = selected.layer;
    if (isState(axis)) index = selected.layer + 1;
    if (axis.what == "head") index = selected.head;
    if (axis.what == "token") index = selected.token;
    if (axis.what == "any head" && std::size_t(selected.layer) < m_heads.size())
        index = std::accumulate(m_heads.begin(), m_heads.begin() + selected.layer, selected.head);
    return index < 0 || index >= count || named(axis, index, count) >= 0 ? -1 : index;
}

QPoint MatrixWords::cellOf(const CellPlace& selected) const
{
    if (m_said.rows.what == "row" && m_tokens.isPatch(selected.token)) return m_tokens.cell(selected.token);
    return {indexOf(m_said.columns, columns(), selected), indexOf(m_said.rows, rows(), selected)};
}

std::vector<QPoint> MatrixWords::strongest(std::size_t most) const
{
    const bool isSymmetric =
        m_said.rows.what == m_said.columns.what && rows() == columns() && !m_said.rows.what.empty();
    std::vector<QPoint> cells;
    for (int row = 0; row < rows(); ++row)
        for (int column = isSymmetric ? row + 1 : 0; column < columns(); ++column)
            if (!std::isnan(at(row, column))) cells.emplace_back(column, row);
    const auto weight = [this](const QPoint& cell) {
        const float number = at(cell.y(), cell.x());
        return m_said.isRank ? -number : m_said.isSigned ? std::abs(number) : number;
    };
    const auto end = cells.begin() + std::ptrdiff_t(std::min(most, cells.size()));
    std::partial_sort(cells.begin(), end, cells.end(),
                      [&](const QPoint& a, const QPoint& b) { return weight(a) > weight(b); });
    cells.erase(end, cells.end());
    return cells;
}

bool MatrixWords::hasPatches() const
{
    return m_said.columns.what == "token" && m_tokens.isPicture() && columns() == m_tokens.tokens();
}

MatrixWords MatrixWords::patchesOf(int row) const
{
    MatrixWords grid;
    if (!hasPatches() || row < 0 || row >= rows()) return grid;
    grid = *this;
    grid.m_said.rows = {"row", {}};
    grid.m_said.columns = {"column", {}};
    const auto line = m_numbers.part(row).subspan(std::size_t(m_tokens.prefix.size()));
    grid.m_numbers = FloatArray({m_tokens.gridHeight, m_tokens.gridWidth}, {line.begin(), line.end()});
    const auto from = std::ptrdiff_t(row) * columns() + m_tokens.prefix.size();
    if (!m_said.texts.empty())
        grid.m_said.texts.assign(m_said.texts.begin() + from, m_said.texts.begin() + from + m_tokens.patches());
    grid.m_said.marked.clear();
    for (const int cell : m_said.marked)
        if (cell >= from && cell < from + m_tokens.patches()) grid.m_said.marked.push_back(int(cell - from));
    return grid;
}

QString MatrixWords::table(QChar between) const
{
    QString text = quoted(rowTitle(), between);
    for (int column = 0; column < columns(); ++column) text += between + quoted(columnName(column), between);
    text += QLatin1Char('\n');
    for (int row = 0; row < rows(); ++row) {
        text += quoted(rowName(row), between);
        for (int column = 0; column < columns(); ++column) text += between + fullNumber(at(row, column));
        text += QLatin1Char('\n');
    }
    return text;
}

} // namespace headlens
