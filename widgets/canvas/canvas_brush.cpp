// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_brush.h"

#include "core/wire/changes.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/interventions.h"

#include <algorithm>

namespace headlens {
namespace {

// Tokens before the patches, which hidden ones count.
int before(const InspectionModel& model, const std::string& kind)
{
    const TokenLayout* picture = model.run().pictureOf();
    return picture != nullptr && kind == "hide" ? int(picture->prefix.size()) : 0;
}

} // namespace

CanvasBrush::CanvasBrush(InspectionModel* model, QObject* parent) : QObject(parent), m_model(model)
{
    const auto check = [this] {
        if (isOn() && !isPossible(m_kind)) setKind({});
    };
    connect(model, &InspectionModel::modelChanged, this, check);
    connect(model, &InspectionModel::inputChanged, this, check); // its windows and sequences are known now
}

void CanvasBrush::setKind(const std::string& kind)
{
    if (m_kind == kind || (!kind.empty() && !isPossible(kind))) return;
    m_kind = kind;
    Q_EMIT changed();
}

bool CanvasBrush::isPossible(const std::string& kind) const
{
    return m_model->model().takesPictures && (kind != "hide" || hidesTokens(m_model->input()));
}

void CanvasBrush::setSize(int patches)
{
    m_size = patches;
    Q_EMIT changed();
}

int CanvasBrush::numberOf(int column, int row) const
{
    const TokenLayout* picture = m_model->run().pictureOf();
    const bool isThere =
        picture != nullptr && column >= 0 && row >= 0 && column < picture->gridWidth && row < picture->gridHeight;
    return isThere ? before(*m_model, m_kind) + row * picture->gridWidth + column : -1;
}

bool CanvasBrush::isPainted(int column, int row) const
{
    const std::vector<int> keys = keysOf(m_model->request(), m_kind);
    return std::ranges::find(keys, numberOf(column, row)) != keys.end();
}

void CanvasBrush::paint(int column, int row, bool erases)
{
    if (!isOn()) return; // put away in the middle of a stroke
    const std::vector<int> old = keysOf(m_model->request(), m_kind);
    std::vector<int> keys = old;
    const int first = -(m_size / 2), last = first + m_size - 1;
    for (int y = first; y <= last; ++y)
        for (int x = first; x <= last; ++x) {
            const int number = numberOf(column + x, row + y);
            if (number < 0) continue;
            std::erase(keys, number);
            if (!erases) keys.push_back(number);
        }
    std::ranges::sort(keys);
    if (keys == old) return;
    m_model->wishes()->change([&](RunRequest& request) { setIntervention(request, {m_kind, -1, -1, 0, {}, keys}); });
}

// Tokens beside the patches stay hidden: CLS and registers were never painted.
void CanvasBrush::clear()
{
    m_model->wishes()->change([this](RunRequest& request) {
        for (const std::string& kind : brushedKinds()) {
            std::vector<int> keys = keysOf(request, kind);
            std::erase_if(keys, [prefix = before(*m_model, kind)](int key) { return key >= prefix; });
            setIntervention(request, {kind, -1, -1, 0, {}, keys});
        }
    });
}

bool CanvasBrush::hasPainted() const
{
    return std::ranges::any_of(brushedKinds(),
                               [this](const std::string& kind) { return !paintedPatches(*m_model, kind).empty(); });
}

std::vector<std::string> brushedKinds()
{
    std::vector<std::string> kinds;
    for (const ChangeKind& kind : kChangeKinds)
        if (kind.takes == ChangeKind::Tokens) kinds.emplace_back(kind.name);
    return kinds;
}

std::vector<int> paintedPatches(const InspectionModel& model, const std::string& kind)
{
    std::vector<int> patches;
    const int prefix = before(model, kind);
    for (const int key : keysOf(model.request(), kind))
        if (key >= prefix) patches.push_back(key - prefix);
    return patches;
}

} // namespace headlens
