// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/components.h"

#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/head_choice.h"

namespace headlens {

Components::Components(InspectionModel* model, HeadChoice* heads) : QObject(model), m_model(model), m_heads(heads)
{
    connect(m_heads, &HeadChoice::changed, this, [this] {
        if (m_info.layer != m_heads->layer()) request();
    });
}

void Components::want(bool wanted, const QString& recipe)
{
    if (wanted == m_wanted && recipe == m_recipe) return;
    m_wanted = wanted;
    m_recipe = recipe;
    request();
}

void Components::request()
{
    if (m_wanted) ask(false, false);
}

void Components::refit(bool flip)
{
    ask(true, flip);
}

void Components::ask(bool refit, bool flip)
{
    const std::vector<TokenLayout>& layouts = m_model->run().keys;
    const auto layer = std::size_t(m_heads->layer());
    if (layer >= layouts.size() || !layouts[layer].isPicture() || layouts[layer].block.kind != "self") return;
    const verbs::Pca question{m_heads->layer(), m_recipe.toStdString(), refit, flip};
    headlens::ask(m_model, verbs::kPca, question, this, [this](const verbs::PcaResult& answer) {
        m_picture = toQImage(answer.picture);
        m_info = answer;
        Q_EMIT changed();
    });
}

} // namespace headlens
