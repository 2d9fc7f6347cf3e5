// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings_menu.h"

#include "app/app_settings.h"
#include "app/language.h"
#include "app/theme.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QInputDialog>
#include <QMainWindow>

namespace headlens {

SettingsMenu::SettingsMenu(QMainWindow* window, const Parts& parts)
    : Menu(window, QT_TR_NOOP("&Settings")), m_parts(parts)
{
    buildComputing();
    buildLooks();
    buildSight();
    add({QT_TR_NOOP("&Start the engine again"), {}, [this] { m_parts.engine->restart(); }});
    add({QT_TR_NOOP("&Engine command…"), {}, [this] { askForEngine(); }});
    connect(m_parts.model->loader(), &ModelLoader::precisionFellBack, this,
            [this] { m_parts.settings->setPrecision(QStringLiteral("float32")); });
    connect(m_parts.model->loader(), &ModelLoader::deviceFellBack, this,
            [this] { m_parts.settings->setDevice(QStringLiteral("auto")); });
}

void SettingsMenu::buildComputing()
{
    m_computing << choice(QT_TR_NOOP("&Device"),
                          {{"auto", QT_TR_NOOP("Automatic")}, {"cpu", QT_TR_NOOP("CPU")}, {"cuda", QT_TR_NOOP("CUDA")}},
                          m_parts.settings->device(), [this](const QString& device) {
                              m_parts.settings->setDevice(device);
                              m_parts.model->loader()->setDevice(device);
                          });
    m_computing << choice(QT_TR_NOOP("&Precision"),
                          {{"float32", QT_TR_NOOP("float32")},
                           {"bfloat16", QT_TR_NOOP("bfloat16: faster, less exact")},
                           {"int8", QT_TR_NOOP("int8: fastest, least exact, CPU only")},
                           {"stored", QT_TR_NOOP("As stored: least memory, as exact as float32, CPU only")},
                           {"float16", QT_TR_NOOP("float16: faster, less exact, GPU only")}},
                          m_parts.settings->precision(), [this](const QString& precision) {
                              m_parts.settings->setPrecision(precision);
                              m_parts.model->loader()->setPrecision(precision);
                          });
}

void SettingsMenu::buildLooks()
{
    choice(QT_TR_NOOP("&Theme"),
           {{"system", QT_TR_NOOP("As the desktop")}, {"light", QT_TR_NOOP("Light")}, {"dark", QT_TR_NOOP("Dark")}},
           m_parts.settings->theme(), [this](const QString& theme) {
               m_parts.settings->setTheme(theme);
               m_parts.theme->apply(theme);
           });
    choice(QT_TR_NOOP("&Language / 语言"),
           {{"system", QT_TR_NOOP("As the system")}, {"en", "English"}, {"zh_CN", "简体中文"}},
           m_parts.settings->language(), [this](const QString& language) {
               m_parts.settings->setLanguage(language);
               m_parts.language->apply(language);
           });
}

void SettingsMenu::buildSight()
{
    choice(QT_TR_NOOP("Text si&ze"), {{"100", "100 %"}, {"115", "115 %"}, {"130", "130 %"}, {"150", "150 %"}},
           QString::number(m_parts.settings->textSize()), [this](const QString& percent) {
               m_parts.settings->setTextSize(percent.toInt());
               m_parts.theme->setTextSize(percent.toInt());
           });
    choice(QT_TR_NOOP("Reduce &motion"),
           {{"system", QT_TR_NOOP("As the desktop")}, {"always", QT_TR_NOOP("Always")}, {"never", QT_TR_NOOP("Never")}},
           m_parts.settings->reducesMotion(), [this](const QString& wish) {
               m_parts.settings->setReducesMotion(wish);
               m_parts.theme->reduceMotion(wish);
           });
    // For trying out: not remembered.
    choice(QT_TR_NOOP("&Colour vision"),
           {{"full", QT_TR_NOOP("All colours")},
            {"protanopia", QT_TR_NOOP("As with protanopia (no red cones)")},
            {"deuteranopia", QT_TR_NOOP("As with deuteranopia (no green cones)")},
            {"tritanopia", QT_TR_NOOP("As with tritanopia (no blue cones)")},
            {"achromatopsia", QT_TR_NOOP("As with achromatopsia (no colours)")}},
           "full", [this](const QString& vision) {
               static const QStringList kVisions{"full", "protanopia", "deuteranopia", "tritanopia", "achromatopsia"};
               m_lens.set(Vision(kVisions.indexOf(vision)));
           });
}

void SettingsMenu::askForEngine()
{
    bool accepted = false;
    const QString command =
        QInputDialog::getText(window(), tr("Engine command"),
                              tr("The program that computes, for example:\nssh gpubox headlens-cli serve\nEmpty: the "
                                 "one beside HeadLens. Takes effect at the next start."),
                              QLineEdit::Normal, m_parts.settings->engineCommand(), &accepted);
    if (accepted) m_parts.settings->setEngineCommand(command.trimmed());
}

} // namespace headlens
