// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/head_order.h"

#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/run_changes.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kOnCls = QT_TRANSLATE_NOOP("HeadOrder", "share on CLS");
constexpr const char* kSimilarTo = QT_TRANSLATE_NOOP("HeadOrder", "similarity to head %1.%2");

} // namespace

const std::vector<HeadSortRow>& headSorts()
{
    using enum HeadSort;
    static const std::vector<HeadSortRow> kSorts{
        {Layer, "layer", QT_TRANSLATE_NOOP("HeadOrder", "layer"), {}, false, false},
        {Entropy, "entropy", QT_TRANSLATE_NOOP("HeadOrder", "entropy"), HeadStatistic::Entropy, false, true},
        {Distance, "distance", QT_TRANSLATE_NOOP("HeadOrder", "mean distance"), HeadStatistic::Distance, false, true},
        {FirstToken, "first", QT_TRANSLATE_NOOP("HeadOrder", "share on the first token"), HeadStatistic::FirstToken,
         true, true},
        {Itself, "itself", QT_TRANSLATE_NOOP("HeadOrder", "share on the token itself"), HeadStatistic::Itself, true,
         true},
        {Similarity, "similarity", QT_TRANSLATE_NOOP("HeadOrder", "similarity to the chosen head"), {}, false, true},
    };
    return kSorts;
}

const HeadSortRow& rowOf(HeadSort sort)
{
    return *std::ranges::find(headSorts(), sort, &HeadSortRow::sort);
}

HeadOrder::HeadOrder(InspectionModel* model, HeadChoice* heads, QObject* parent)
    : QObject(parent), m_model(model), m_heads(heads)
{
    connect(model, &InspectionModel::modelOpened, this, [this] {
        m_reference = {0, 0};
        m_sequence.clear();
    });
    connect(model, &InspectionModel::inputChanged, this, &HeadOrder::forget);
    connect(model->statistics(), &HeadStatistics::changed, this, [this] {
        if (rowOf(m_sort).statistic) forget();
    });
    connect(model->rows(), &LiveRows::changed, this, [this] {
        if (m_sort == HeadSort::Similarity) forget();
    });
}

void HeadOrder::setSort(HeadSort sort)
{
    const HeadPlace chosen{m_heads->layer(), m_heads->head()};
    const bool again = sort == m_sort && (sort != HeadSort::Similarity || chosen == m_reference);
    if (again) return;
    m_sequence.clear();
    m_sort = sort;
    m_largestFirst = rowOf(sort).largestFirst;
    if (sort == HeadSort::Similarity) m_reference = chosen;
    if (rowOf(sort).statistic) m_model->statistics()->want();
    forget();
}

void HeadOrder::setLargestFirst(bool largestFirst)
{
    if (largestFirst == m_largestFirst) return;
    m_largestFirst = largestFirst;
    m_sequence.clear();
    forget();
}

void HeadOrder::forget()
{
    m_ranked.reset();
    Q_EMIT changed();
}

const std::vector<RankedHead>& HeadOrder::ranked() const
{
    if (!m_ranked) m_ranked = rank();
    return *m_ranked;
}

double HeadOrder::valueOf(const HeadPlace& place) const
{
    if (rowOf(m_sort).statistic) return m_model->statistics()->of(place.layer, place.head, *rowOf(m_sort).statistic);
    return m_sort == HeadSort::Similarity ? likeness(*m_model, m_reference, place) : kNone;
}

std::vector<RankedHead> HeadOrder::rank() const
{
    std::vector<RankedHead> heads;
    if (m_sort == HeadSort::Layer) return heads;
    const auto& blocks = m_model->input().blocks;
    for (int layer = 0; layer < int(blocks.size()); ++layer)
        for (int head = 0; head < blocks[std::size_t(layer)].heads; ++head)
            heads.push_back({{layer, head}, valueOf({layer, head})});
    if (!isAsTrained(m_model->request()) && m_sequence.size() == heads.size()) {
        std::ranges::transform(m_sequence, heads.begin(), [this](const HeadPlace& place) {
            return RankedHead{place, valueOf(place)};
        });
        return heads;
    }
    std::ranges::stable_sort(heads, [this](const RankedHead& one, const RankedHead& other) {
        if (std::isnan(one.value) || std::isnan(other.value)) return !std::isnan(one.value) && std::isnan(other.value);
        return m_largestFirst ? one.value > other.value : one.value < other.value;
    });
    if (!isWaiting()) {
        m_sequence.clear();
        for (const RankedHead& one : heads) m_sequence.push_back(one.place);
    }
    return heads;
}

bool HeadOrder::isWaiting() const
{
    return rowOf(m_sort).statistic.has_value() && !m_model->statistics()->isThere();
}

bool HeadOrder::startsWithCls() const
{
    const QStringList& prefix = m_model->run().layout.prefix;
    return !prefix.isEmpty() && prefix.first().contains(QLatin1String("cls"), Qt::CaseInsensitive);
}

QString HeadOrder::text(HeadSort sort) const
{
    const char* source = rowOf(sort).text;
    if (sort == HeadSort::FirstToken && startsWithCls()) source = kOnCls;
    return QCoreApplication::translate("HeadOrder", source);
}

QString HeadOrder::sortedBy() const
{
    if (m_sort != HeadSort::Similarity) return text(m_sort);
    return QCoreApplication::translate("HeadOrder", kSimilarTo).arg(m_reference.layer).arg(m_reference.head);
}

QString HeadOrder::valueText(double value) const
{
    if (std::isnan(value)) return isWaiting() ? QStringLiteral("\u2026") : QStringLiteral("\u2013");
    constexpr double kPercent = 100;
    return rowOf(m_sort).isShare ? QStringLiteral("%1 %").arg(value * kPercent, 0, 'f', value < 0.0995 ? 1 : 0)
                                 : QString::number(value, 'f', 2);
}

double likeness(const InspectionModel& model, const HeadPlace& one, const HeadPlace& other)
{
    const AllRows& rows = model.rows()->layers();
    const auto& blocks = model.input().blocks;
    const auto a = std::size_t(one.layer), b = std::size_t(other.layer);
    if (std::max(a, b) >= std::min(rows.size(), blocks.size())) return kNone;
    const bool fit = rows[a].columns() == rows[b].columns() && blocks[a].gridWidth == blocks[b].gridWidth &&
                     blocks[a].keyStream == blocks[b].keyStream && one.head < rows[a].rows() &&
                     other.head < rows[b].rows();
    if (!fit) return kNone;
    double product = 0, squareA = 0, squareB = 0;
    const auto rowA = rows[a].part(one.head), rowB = rows[b].part(other.head);
    for (std::size_t i = 0; i < rowA.size(); ++i) {
        product += double(rowA[i]) * double(rowB[i]);
        squareA += double(rowA[i]) * double(rowA[i]);
        squareB += double(rowB[i]) * double(rowB[i]);
    }
    return squareA > 0 && squareB > 0 ? product / std::sqrt(squareA * squareB) : kNone;
}

} // namespace headlens
