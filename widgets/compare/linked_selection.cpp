// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/linked_selection.h"

#include "widgets/compare/linked_place.h"

#include <algorithm>

namespace headlens {
namespace {

using End = LinkedSelection::End;

LinkEnd placesOf(const End& end)
{
    return {end.model->model(), end.model->run()};
}

// Heads by their numbers, as far as the other layer has them; of a model with the same layers those of others too.
void passHeads(const End& from, const End& to)
{
    const HeadChoice& here = *from.selection->heads();
    HeadChoice* there = to.selection->heads();
    const int layer = linkedLayer(placesOf(from), here.layer(), placesOf(to));
    if (layer < 0) return;
    there->setLayer(layer);
    QList<HeadPlace> wanted;
    for (const HeadPlace& one : here.overlaid()) {
        const bool isHere = one.layer == here.layer();
        if (!isHere && here.layers() != there->layers()) continue;
        const int at = isHere ? layer : one.layer;
        const HeadPlace place{at, std::min(one.head, there->headCount(at) - 1)};
        if (!wanted.contains(place)) wanted.append(place);
    }
    if (there->overlaid() != wanted || there->fusion() != here.fusion()) {
        there->setHead(wanted.first().head);
        for (const HeadPlace& one : wanted.mid(1)) there->toggleHead(one.layer, one.head);
        there->setFusion(here.fusion());
    }
}

void passTokens(const End& from, const End& to)
{
    const TokenChoice& here = *from.selection->tokens();
    TokenChoice* there = to.selection->tokens();
    there->setReverse(here.reverse());
    const TokenPlace query = linkedToken(placesOf(from), here.query(), placesOf(to));
    if (query.token < 0) return; // it stays where it is
    const bool isThere = there->isPinned() && there->query() == query;
    if (!here.isPinned() || !isThere) there->unpin();
    if (!here.isPinned()) return there->hover(query);
    if (!isThere) there->pin(query);
    TokenPlace other = linkedToken(placesOf(from), here.other(), placesOf(to));
    if (other.token < 0) other = {query.stream, -1};
    there->hover(other);
}

} // namespace

LinkedSelection::LinkedSelection(const End& window, const End& pane, QObject* parent)
    : QObject(parent), m_window(window), m_pane(pane), m_known(&pane.model->run())
{
    const auto bringThem = [this] { bring(); };
    connect(window.model, &InspectionModel::inputChanged, this, bringThem);
    connect(pane.model, &InspectionModel::inputChanged, this, [this] {
        m_known = &m_pane.model->run();
        bring();
    });
    const auto join = [this](const Selection* from, void (LinkedSelection::*go)(Pass)) {
        connect(from->heads(), &HeadChoice::changed, this, [this, go] { (this->*go)(passHeads); });
        connect(from->tokens(), &TokenChoice::changed, this, [this, go] { (this->*go)(passTokens); });
        connect(from->tokens(), &TokenChoice::otherChanged, this, [this, go] { (this->*go)(passTokens); });
    };
    join(window.selection, &LinkedSelection::passToPane);
    join(pane.selection, &LinkedSelection::passBack);
}

void LinkedSelection::setOn(bool on)
{
    if (m_isOn == on) return;
    m_isOn = on;
    bring();
}

void LinkedSelection::bring()
{
    passToPane(passHeads);
    passToPane(passTokens);
}

void LinkedSelection::passToPane(Pass pass)
{
    if (!m_isOn || m_isPassing || !m_window.model->hasInput() || !m_pane.model->hasInput()) return;
    m_isPassing = true;
    pass(m_window, m_pane);
    m_isPassing = false;
}

void LinkedSelection::passBack(Pass pass)
{
    if (!m_isOn || m_isPassing || !m_window.model->hasInput() || m_known != &m_pane.model->run()) return;
    if (!m_pane.model->hasInput()) return;
    m_isPassing = true;
    pass(m_pane, m_window);
    m_isPassing = false;
}

} // namespace headlens
